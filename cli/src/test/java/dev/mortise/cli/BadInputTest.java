package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What users get wrong: each ends in a problem with a code, the place and the mend, with the exit
/// code scripts rely on, as JSON too, without a stack trace, and with the target as it was.
@Tag("live")
class BadInputTest {
    private static final String GOOD =
            """
            steps:
              rows: {read: src.public.orders}
              out: {from: rows, write: dst.public.orders, mode: append}
            """;

    private final LocalPostgres server = LocalServers.postgres();
    private final ProjectFolder project;
    private final String source;
    private final String target;

    BadInputTest(@TempDir Path folder) throws IOException, SQLException {
        source = server.freshDatabase("bad_src");
        target = server.freshDatabase("bad_dst");
        server.executeIn(
                source,
                "create table orders (id int primary key, name text, amount numeric, qty int)",
                "insert into orders select i, 'n' || i, i / 3.0, i from generate_series(1, 50) i");
        server.executeIn(
                target,
                "create table orders (id int primary key, name text, amount numeric, qty int)",
                "insert into orders values (-1, 'old', 0, 0)",
                "create table narrow (id int primary key, name text)");
        project = new ProjectFolder(folder);
        project.postgres("src", server, source).postgres("dst", server, target);
        project.flow("orders", GOOD);
    }

    @AfterEach
    void leavesTheTargetAsItWas() throws SQLException {
        assertEquals(
                "1 old",
                Ask.one(server, target, "select count(*) || ' ' || min(name) from orders"));
        assertEquals("0", Ask.one(server, target, "select count(*) from narrow"));
        assertEquals(
                "narrow,orders",
                Ask.one(
                        server,
                        target,
                        "select string_agg(relname, ',' order by relname) from pg_class where"
                                + " relkind = 'r' and relnamespace = 'public'::regnamespace"
                                + " and relname not like 'mortise%'"));
    }

    private Ended run() {
        return project.call(server, "run", "orders", "--json");
    }

    private static void assertTold(Ended ended, int exit, String code, String fix) {
        assertEquals(code, ended.problemCode(), ended.toString());
        assertEquals(exit, ended.code(), ended.toString());
        assertEquals("failed", ended.json().path("state").asString(), ended.toString());
        assertEquals("orders", ended.json().path("flow").asString(), ended.toString());
        for (String part : new String[] {"message", "place", "fix"}) {
            String text = ended.json().path("problem").path(part).asString("");
            assertFalse(text.isBlank(), part + " is missing: " + ended);
        }
        assertTrue(ended.json().path("problem").path("fix").asString().contains(fix), "" + ended);
        assertTrue(ended.err().contains("[" + code + "]"), ended.toString());
        assertFalse(ended.err().contains("\tat ") || ended.err().contains("    at "), "" + ended);
    }

    private void connection(String host, String database, String more) throws IOException {
        project.connection(
                "src",
                """
                type: postgres
                host: %s
                port: %d
                database: %s
                user: mortise
                password: ${env:%s}
                %s
                """
                        .formatted(host, server.port(), database, ProjectFolder.PASSWORD, more));
    }

    @Test
    void namesAWrongPassword() {
        Ended ended =
                project.call(Map.of(ProjectFolder.PASSWORD, "wrong"), "run", "orders", "--json");
        assertTold(ended, 2, "LOGIN_REFUSED", "password");
        assertFalse((ended.out() + ended.err()).contains("wrong"), "it tells the password");
    }

    @Test
    void namesAMissingSecret() {
        Ended ended = project.call(Map.of(), "run", "orders", "--json");
        assertTold(ended, 2, "SECRET_MISSING", ProjectFolder.PASSWORD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    no-such-host.invalid; HOST_UNKNOWN;     host;     ''
                    127.0.0.1;            DATABASE_MISSING; database; ''
                    127.0.0.1;            OPTION_UNKNOWN;   schema;   'schemma: x'
                    127.0.0.1;            OPTION_INVALID;   ;         'connections_max: many'
                    """)
    void namesWhatIsWrongWithAConnection(String host, String code, String fix, String more)
            throws Exception {
        connection(host, code.equals("DATABASE_MISSING") ? "nowhere" : source, more);
        assertTold(run(), 2, code, fix == null ? "" : fix);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    DATASET_MISSING; 'orders'; 'src.public.ordres'
                    DATASET_MISSING; ''; 'src.pubic.orders'
                    COLUMN_MISSING; 'name'; 'src.public.orders, columns: [id, nmae]'
                    COLUMN_MISSING; 'qty'; 'src.public.orders, incremental: {by: qyt}'
                    CONNECTION_UNKNOWN; 'src'; 'scr.public.orders'
                    WORD_UNKNOWN; 'columns'; 'src.public.orders, colums: [id]'
                    EXPRESSION_INVALID; 'name'; 'src.public.orders, where: nmae is null'
                    YAML_INVALID; ''; 'src.public.orders} }'
                    """)
    void namesWhatIsWrongWithAStep(String code, String fix, String step) throws Exception {
        project.flow(
                "orders",
                "steps:\n  rows: {read: "
                        + step
                        + "}\n  out: {from: rows, write: dst.public.orders, mode: append}\n");
        assertTold(run(), 2, code, fix);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    KEY_REQUIRED; 'key'; 'rows, write: dst.public.orders, mode: upsert'
                    VALUE_INVALID; 'upsert'; 'rows, write: dst.public.orders, mode: upsrt'
                    STEP_UNKNOWN; 'rows'; 'rosw, write: dst.public.orders, mode: append'
                    MODE_UNSUPPORTED; ''; 'rows, write: files.out.csv, mode: upsert, key: [id]'
                    """)
    void namesWhatIsWrongWithAWrite(String code, String fix, String step) throws Exception {
        project.connection("files", "type: file\npath: data\n");
        project.file("data/keep.txt", "");
        project.flow(
                "orders",
                "steps:\n  rows: {read: src.public.orders}\n  out: {from: " + step + "}\n");
        assertTold(run(), 2, code, fix);
    }

    @Test
    void namesACycleOfSteps() throws Exception {
        project.flow(
                "orders",
                """
                steps:
                  one: {from: other, where: id > 0}
                  other: {from: one, where: id > 0}
                  out: {from: other, write: dst.public.orders, mode: append}
                """);
        assertTold(run(), 2, "STEP_CYCLE", "");
    }

    @Test
    void setsAsideWhatCannotBeCast() throws Exception {
        project.flow(
                "orders",
                """
                steps:
                  rows: {read: src.public.orders}
                  cast:
                    from: rows
                    map: {id: id, name: name, amount: amount, qty: "cast(name as integer)"}
                  out: {from: cast, write: dst.public.orders, mode: append}
                """);
        Ended ended = run();
        assertEquals(3, ended.code(), ended.toString());
        assertEquals(48, ended.json().path("steps").path("cast").path("rows_rejected").asInt());
        Ended letters = project.call(server, "dead", "orders", "list");
        assertTrue(letters.out().contains(" qty "), letters.toString());
    }

    @Test
    void namesAMissingFlow() {
        Ended ended = project.call(server, "run", "ordres", "--json");
        assertEquals(2, ended.code(), ended.toString());
        assertEquals("FLOW_UNKNOWN", ended.problemCode(), ended.toString());
        assertTrue(ended.err().contains("orders"), ended.toString());
    }

    @Test
    void refusesAWordThatIsNoOption() {
        Ended ended = project.call(server, "run", "orders", "--jsno");
        assertEquals(2, ended.code(), ended.toString());
        assertTrue(ended.err().contains("--json"), ended.toString());
    }
}
