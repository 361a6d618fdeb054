package dev.mortise.server.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import dev.mortise.server.run.RunWait;
import dev.mortise.testkit.live.LocalMariaDb;
import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Questions about a flow from a real PostgreSQL to a real MariaDB.
@Tag("live")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DesignTest {
    private static final String ROOT = "/api/projects/sales";
    private static final String FLOW =
            """
            flow: orders
            steps:
              in: {read: erp.sales_order}
              big: {from: in, where: amt > 300}
              mapped:
                from: big
                map: {order_no: so_no, amount: "amt * 2", buyer: "upper(cust)"}
              out: {from: mapped, write: crm.orders, mode: upsert, key: [order_no]}
            """;

    private LocalPostgres postgres;
    private LocalMariaDb maria;
    private String erp;
    private String crm;
    private LiveServer server;
    private Client client;

    @BeforeAll
    void start(@TempDir Path home) throws SQLException {
        postgres = LocalServers.postgres();
        maria = LocalServers.mariaDb();
        erp = postgres.freshDatabase("erp");
        crm = maria.freshDatabase("crm");
        postgres.executeIn(
                erp,
                "create table sales_order (so_no bigint primary key, cust text,"
                        + " amt numeric(12,2), note text)",
                "comment on column sales_order.cust is '客户名称'",
                "insert into sales_order select g, 'c' || g, g * 1.5,"
                        + " case when g = 2 then 'x' when g = 3 then null else g::text end"
                        + " from generate_series(1, 250) g");
        maria.executeIn(
                crm,
                "create table customer_order (order_no bigint primary key,"
                        + " customer_name varchar(100) comment '客户名称', amount decimal(12,2))");
        server = LiveServer.start(home);
        client = server.administrator();
        client.post("/api/projects", Map.of("name", "sales"));
        save("erp", postgres.connection("erp", erp));
        save("crm", maria.connection("crm", crm));
        save("gone", postgres.connection("gone", "nothing_there"));
    }

    @AfterAll
    void stop() throws SQLException {
        server.close();
        postgres.dropDatabase(erp + " with (force)");
        maria.dropDatabase(crm);
    }

    private void save(String name, String text) {
        assertEquals(
                200,
                client.put(ROOT + "/connections/" + name, Map.of("text", text), null).status());
    }

    private JsonNode check(String text) {
        Answer answer = client.post(ROOT + "/flows/check", Map.of("name", "orders", "text", text));
        assertEquals(200, answer.status(), answer.body());
        return answer.json();
    }

    private Answer preview(String text, String step, Map<String, ?> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.putAll(Map.of("name", "orders", "text", text, "step", step));
        return client.post(ROOT + "/flows/preview", body);
    }

    private static List<String> names(JsonNode columns) {
        List<String> names = new ArrayList<>();
        columns.forEach(column -> names.add(column.path("name").asString()));
        return names;
    }

    @Test
    void tellsWhatEachStepGives() {
        JsonNode checked = check(FLOW);
        assertEquals(0, checked.path("problems").size(), checked.toString());
        JsonNode mapped = checked.at("/steps/mapped");
        assertEquals(List.of("order_no", "amount", "buyer"), names(mapped.path("columns")));
        assertEquals("map", mapped.path("kind").asString());
        assertEquals("big", mapped.at("/inputs/0").asString());
        JsonNode target = checked.at("/steps/out/target");
        assertFalse(target.path("exists").asBoolean());
        assertTrue(target.path("ddl").asString().contains("create table"), target.toString());
        assertEquals("upsert", target.path("mode").asString());
        assertEquals("客户名称", checked.at("/steps/in/columns/1/comment").asString());
    }

    @Test
    void keepsWhatItFoundBesideAProblem() {
        String broken = FLOW.replace("amt * 2", "amnt * 2") + "  lost: {read: gone.a.b}\n";
        JsonNode checked = check(broken);
        assertEquals(4, checked.at("/steps/in/columns").size(), checked.toString());
        assertEquals(4, checked.at("/steps/big/columns").size());
        assertEquals("EXPRESSION_INVALID", checked.at("/steps/mapped/problems/0/code").asString());
        assertEquals(List.of("order_no", "buyer"), names(checked.at("/steps/mapped/columns")));
        JsonNode lost = checked.at("/steps/lost/problems");
        assertTrue(lost.toString().contains("DATABASE_MISSING"), lost.toString());
        assertTrue(checked.path("problems").size() >= 2, checked.toString());
    }

    @Test
    void looksAtTheOtherStepsOfATextThatIsWrong() {
        JsonNode checked =
                check(
                        """
                        flow: orders
                        steps:
                          in: {read: erp.sales_order}
                          odd: {from: in, wehre: amt > 1}
                          circle: {from: circle, where: a > 1}
                        """);
        assertEquals(4, checked.at("/steps/in/columns").size(), checked.toString());
        assertTrue(
                checked.at("/steps/odd/problems").toString().contains("wehre"), checked.toString());
        assertTrue(checked.path("problems").toString().contains("STEP_CYCLE"));
        JsonNode unreadable = check("flow: [\n");
        assertEquals("YAML_INVALID", unreadable.at("/problems/0/code").asString());
    }

    @Test
    void previewsAnyStepOfADraft() {
        JsonNode rows = preview(FLOW, "mapped", Map.of("limit", 5)).json();
        assertEquals(5, rows.path("rows").size(), rows.toString());
        assertEquals("[\"201\",\"603.00\",\"C201\"]", rows.at("/rows/0").toString());
        assertEquals("sample", rows.path("of").asString());
        JsonNode all = preview(FLOW, "out", Map.of()).json();
        assertEquals(50, all.path("rows").size());
        assertEquals("all", all.path("of").asString());
        String draft = "flow: orders\nsteps:\n  in: {read: erp.sales_order}\n";
        assertEquals(100, preview(draft, "in", Map.of()).json().path("rows").size());
    }

    @Test
    void previewsAQueryOverSeveralSystems() {
        String text =
                """
                flow: orders
                steps:
                  in: {read: erp.sales_order}
                  other: {read: crm.customer_order}
                  all: {sql: 'select count(*) as n, max(amt) as most from "in"'}
                  both: {sql: 'select * from "in" join other on other.order_no = so_no'}
                """;
        JsonNode counted = preview(text, "all", Map.of()).json();
        assertEquals("[\"250\",\"375.00\"]", counted.at("/rows/0").toString(), counted.toString());
        JsonNode both = preview(text, "both", Map.of()).json();
        assertEquals("filtered", both.path("empty_because").asString(), both.toString());
    }

    @Test
    void saysWhyAPreviewIsEmpty() {
        String none = FLOW.replace("amt > 300", "amt > 3000");
        assertEquals(
                "filtered", preview(none, "big", Map.of()).json().path("empty_because").asString());
        String pushed = "flow: orders\nsteps:\n  in: {read: erp.sales_order, where: so_no < 0}\n";
        assertEquals(
                "filtered",
                preview(pushed, "in", Map.of()).json().path("empty_because").asString());
        Answer wrong = preview(FLOW.replace("amt * 2", "amnt"), "mapped", Map.of());
        assertEquals(422, wrong.status(), wrong.body());
        assertEquals("STEP_UNKNOWN", preview(FLOW, "mapd", Map.of()).code());
    }

    @Test
    void takesGivenRowsInsteadOfReading() {
        Map<String, Object> pin =
                Map.of(
                        "columns",
                        List.of(
                                Map.of("name", "so_no", "type", "int64"),
                                Map.of("name", "cust", "type", "text"),
                                Map.of("name", "amt", "type", "decimal(12,2)")),
                        "rows",
                        List.of(List.of("7", "me", "400.00"), List.of("8", "you", "1")));
        String unreachable = FLOW.replace("erp.sales_order", "gone.a.b");
        JsonNode rows = preview(unreachable, "mapped", Map.of("pins", Map.of("in", pin))).json();
        assertEquals("[[\"7\",\"800.00\",\"ME\"]]", rows.path("rows").toString());
        Answer wrong =
                preview(
                        FLOW,
                        "mapped",
                        Map.of(
                                "pins",
                                Map.of(
                                        "in",
                                        Map.of(
                                                "columns",
                                                List.of(Map.of("name", "a", "type", "int64")),
                                                "rows",
                                                List.of(List.of("x"))))));
        assertEquals(422, wrong.status(), wrong.body());
        assertTrue(wrong.body().contains("pins.in.a"), wrong.body());
    }

    @Test
    void aKeyChangesWithTheStepAndWhatItComesFromOnly() {
        JsonNode before = check(FLOW).path("steps");
        JsonNode after = check("# moved\n" + FLOW.replace("amt > 300", "amt > 1")).path("steps");
        assertEquals(key(before, "in"), key(after, "in"));
        assertNotEquals(key(before, "big"), key(after, "big"));
        assertNotEquals(key(before, "mapped"), key(after, "mapped"));
        assertEquals(
                key(before, "mapped"),
                preview(FLOW, "mapped", Map.of()).json().path("stale_key").asString());
    }

    private static String key(JsonNode steps, String step) {
        return steps.path(step).path("stale_key").asString();
    }

    @Test
    void evaluatesExpressionsOverRealRows() {
        Answer answer =
                client.post(
                        ROOT + "/flows/evaluate",
                        Map.of(
                                "name",
                                "orders",
                                "text",
                                FLOW,
                                "step",
                                "in",
                                "limit",
                                3,
                                "expressions",
                                Map.of(
                                        "twice", "amt * 2",
                                        "strict", "cast(note as integer)",
                                        "hidden", "try_cast(note as integer)",
                                        "plain", "note",
                                        "wrong", "nope + 1"),
                                "target_types",
                                Map.of("plain", "int32")));
        JsonNode done = answer.json();
        assertEquals(3, done.path("rows").size(), answer.body());
        assertEquals("3.00", done.at("/rows/0/twice/value").asString());
        assertEquals("int32", done.at("/types/plain").asString());
        for (String column : List.of("strict", "hidden", "plain")) {
            assertEquals("1", done.at("/rows/0/" + column + "/value").asString(), answer.body());
            assertTrue(done.at("/rows/1/" + column + "/failed").asBoolean(), column);
            assertTrue(done.at("/rows/1/" + column + "/message").asString().contains("x"));
            assertFalse(done.at("/rows/2/" + column + "/failed").asBoolean(), column);
            assertTrue(done.at("/rows/2/" + column + "/value").isNull(), column);
        }
        assertEquals("expressions.wrong", done.at("/problems/0/place").asString());
    }

    @Test
    void proposesAMappingWithReasons() {
        Answer answer =
                client.post(
                        ROOT + "/flows/propose",
                        Map.of(
                                "name",
                                "orders",
                                "text",
                                FLOW,
                                "source",
                                Map.of("step", "in"),
                                "target",
                                Map.of("dataset", "crm.customer_order")));
        JsonNode proposed = answer.json();
        assertEquals(4, proposed.path("source").size(), answer.body());
        JsonNode buyer = proposed.at("/proposals/1");
        assertEquals("customer_name", buyer.path("target").asString());
        assertEquals("cust", buyer.path("source").asString(), answer.body());
        assertTrue(buyer.path("score").asInt() > 50);
        assertFalse(buyer.at("/reasons/0/text/zh").asString().isEmpty());
        assertEquals("1", proposed.at("/source/0/samples/0").asString());
        JsonNode direct =
                client.post(
                                ROOT + "/flows/propose",
                                Map.of(
                                        "source", Map.of("dataset", "erp.sales_order"),
                                        "target", Map.of("dataset", "crm.customer_order")))
                        .json();
        assertEquals(3, direct.path("proposals").size(), direct.toString());
    }

    private static final String SELF_MADE_FLOW =
            """
            flow: self_%1$s
            steps:
              in: {read: erp.sales_order}
              few: {from: in, where: so_no <= 3}
              mapped: {from: few, map: {code: "'c' || so_no"}}
              out: {from: mapped, write: %1$s.self_made, mode: append}
            """;

    @Test
    void asksForNoValueThatTheTargetGivesItself() throws SQLException {
        maria.executeIn(
                crm,
                "create table self_made (id bigint auto_increment primary key,"
                        + " code varchar(20) not null, state varchar(10) not null default 'new',"
                        + " made_at timestamp not null default current_timestamp,"
                        + " loud varchar(40) generated always as (concat(code, '!')) stored)");
        postgres.executeIn(
                erp,
                "create table self_made (id bigint generated always as identity primary key,"
                        + " code text not null, state text not null default 'new',"
                        + " made_at timestamptz not null default now(),"
                        + " loud text not null generated always as (code || '!') stored)");
        for (String to : List.of("erp", "crm")) {
            publish("connections", to);
            assertEquals(
                    Map.of("id", true, "code", false, "state", true, "made_at", true, "loud", true),
                    filled(
                            client.get(ROOT + "/connections/" + to + "/datasets/self_made")
                                    .json()
                                    .path("columns")));
            fills(to);
        }
    }

    private void fills(String to) {
        String flow = SELF_MADE_FLOW.formatted(to);
        String name = "self_" + to;
        JsonNode checked =
                client.post(ROOT + "/flows/check", Map.of("name", name, "text", flow)).json();
        assertEquals(0, checked.path("problems").size(), checked.toString());
        assertEquals(true, filled(checked.at("/steps/out/target/columns")).get("state"));
        JsonNode proposed =
                client.post(
                                ROOT + "/flows/propose",
                                Map.of(
                                        "source", Map.of("dataset", "erp.sales_order"),
                                        "target", Map.of("dataset", to + ".self_made")))
                        .json();
        assertEquals(true, filled(proposed.path("target")).get("id"), proposed.toString());
        client.put(ROOT + "/flows/" + name, Map.of("text", flow), "\"0\"");
        publish("flows", name);
        String run = client.post(ROOT + "/runs", Map.of("flow", name)).json().path("id").asString();
        JsonNode ended = RunWait.over(client, ROOT + "/runs/" + run);
        assertEquals("succeeded", ended.path("state").asString(), ended.toString());
        JsonNode rows =
                client.get(ROOT + "/connections/" + to + "/datasets/self_made/preview").json();
        List<String> written = new ArrayList<>();
        rows.path("rows")
                .forEach(
                        row ->
                                written.add(
                                        row.path(1).asString()
                                                + row.path(2).asString()
                                                + row.path(4).asString()));
        written.sort(null);
        assertEquals(List.of("c1newc1!", "c2newc2!", "c3newc3!"), written, rows.toString());
    }

    private static Map<String, Boolean> filled(JsonNode columns) {
        Map<String, Boolean> filled = new HashMap<>();
        columns.forEach(c -> filled.put(c.path("name").asString(), c.path("filled").asBoolean()));
        return filled;
    }

    private void publish(String kind, String name) {
        Answer answer =
                client.post(ROOT + "/" + kind + "/" + name + "/publish", Map.of("revision", 1));
        assertEquals(200, answer.status(), answer.body());
    }
}
