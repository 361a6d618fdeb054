package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A thousand rows, three of them bad in a way of their own: the others arrive, the three are kept
/// with the column to blame, and what is mended arrives as if it had never been bad.
@Tag("live")
class RejectsTest {
    private static final String COLUMNS = "id, name, qty, amount";

    private static final String TARGET =
            """
            create table orders (id int primary key, name varchar(12), qty int check (qty >= 0),
              amount numeric(8,2))
            """;

    private final LocalPostgres server = LocalServers.postgres();
    private final ProjectFolder project;
    private final String source;
    private final String target;

    RejectsTest(@TempDir Path folder) throws IOException, SQLException {
        source = server.freshDatabase("rejects_src");
        target = server.freshDatabase("rejects_dst");
        server.executeIn(
                source,
                "create table orders (id int primary key, name text, qty int,"
                        + " amount numeric(20,2))",
                "insert into orders select i, 'name ' || i, i, i / 4.0"
                        + " from generate_series(1, 1000) i",
                "update orders set name = 'a name that is too long' where id = 100",
                "update orders set qty = -1 where id = 500",
                "update orders set amount = 123456789012 where id = 900");
        server.executeIn(target, TARGET);
        project = new ProjectFolder(folder);
        project.postgres("src", server, source).postgres("dst", server, target);
    }

    private void flow(String mode, String more) throws IOException {
        project.flow(
                "orders",
                """
                steps:
                  rows: {read: src.public.orders}
                  out: {from: rows, write: dst.public.orders, mode: %s, lossy: [name, amount]}
                %s
                """
                        .formatted(mode, more));
    }

    private Ended call(String... args) {
        return project.call(server, args);
    }

    /// The id of the dead letter about a column.
    private String letterAbout(String column) {
        List<String> lines =
                call("dead", "orders", "list")
                        .out()
                        .lines()
                        .filter(line -> line.contains(" " + column + " "))
                        .toList();
        assertEquals(1, lines.size(), column + " in " + call("dead", "orders", "list"));
        return lines.getFirst().strip().replaceFirst(" .*", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    append;            true
                    upsert, key: [id]; true
                    replace;           true
                    mirror, key: [id]; true
                    upsert, key: [id]; false
                    mirror, key: [id]; false
                    """)
    void setsBadRowsAsideAndTakesThemBackMended(String mode, boolean keyed) throws Exception {
        flow(mode, "");
        if (!keyed) {
            server.executeIn(target, "alter table orders drop constraint orders_pkey");
        }
        Ended ended = call("run", "orders", "--json");
        assertEquals(3, ended.code(), ended.toString());
        assertEquals("rejected", ended.json().path("state").asString());
        assertEquals(997, ended.json().path("steps").path("out").path("rows_out").asInt());
        assertEquals(3, ended.json().path("steps").path("out").path("rows_rejected").asInt());
        assertEquals("997", Ask.one(server, target, "select count(*) from orders"));

        Ended shown = call("dead", "orders", "show", letterAbout("qty"));
        assertTrue(shown.out().contains("qty: -1"), shown.toString());
        assertEquals(3, call("dead", "orders", "replay", letterAbout("qty")).code());
        assertEquals(
                0, call("dead", "orders", "replay", letterAbout("qty"), "--set", "qty=7").code());
        assertEquals(
                0,
                call("dead", "orders", "replay", letterAbout("name"), "--set", "name=short")
                        .code());
        assertEquals(0, call("dead", "orders", "discard", letterAbout("amount")).code());
        assertEquals(0, call("dead", "orders", "replay").code(), "nothing is left to replay");

        server.executeIn(
                source,
                "update orders set qty = 7 where id = 500",
                "update orders set name = 'short' where id = 100",
                "delete from orders where id = 900",
                "alter table orders alter amount type numeric(8,2)",
                "alter table orders alter name type varchar(12)");
        assertEquals(
                Ask.content(server, source, "orders", COLUMNS),
                Ask.content(server, target, "orders", COLUMNS));
    }

    @Test
    void failsWhenMoreRowsAreRejectedThanTheFlowAllows() throws Exception {
        flow("replace", "rejects: {max: 2}");
        server.executeIn(target, "insert into orders values (1, 'old', 1, 1)");
        Ended ended = call("run", "orders", "--json");
        assertEquals(1, ended.code(), ended.toString());
        assertEquals("REJECTS_EXCEEDED", ended.problemCode(), ended.toString());
        assertEquals("old", Ask.one(server, target, "select name from orders"));
    }

    @Test
    void takesARowThatWasMendedTwiceOnlyOnce() throws Exception {
        server.executeIn(target, "alter table orders drop constraint orders_pkey");
        flow("append", "");
        assertEquals(3, call("run", "orders").code());
        String id = letterAbout("qty");
        assertEquals(0, call("dead", "orders", "replay", id, "--set", "qty=7").code());
        call("dead", "orders", "replay", id, "--set", "qty=8");
        assertEquals(
                "7",
                Ask.one(
                        server,
                        target,
                        "select string_agg(qty::text, ',') from orders where id = 500"));
    }
}
