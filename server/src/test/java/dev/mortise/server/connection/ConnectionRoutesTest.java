package dev.mortise.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import dev.mortise.testkit.live.Await;
import dev.mortise.testkit.live.LocalMariaDb;
import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Connections of a running server to a real PostgreSQL and a real MariaDB.
@Tag("live")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionRoutesTest {
    private static final String ROOT = "/api/projects/sales";
    private static final String HUGE = ROOT + "/connections/erp/datasets/huge/preview";

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
                "create table sales_order (so_no bigint primary key, cust text, amt numeric(12,2),"
                        + " updated_at timestamp)",
                "comment on table sales_order is '销售订单'",
                "comment on column sales_order.cust is '客户名称'",
                "insert into sales_order select g, case when g % 4 = 0 then null else 'c' || g end,"
                        + " g * 1.5, timestamp '2026-01-01' + g * interval '1 minute'"
                        + " from generate_series(1, 250) g",
                "analyze sales_order",
                "create table empty_one (id int primary key)",
                "create view crawl as select g as id from generate_series(1, 100000) g"
                        + " where pg_sleep(0.05) is null",
                "create view trickle as select g as id, repeat('x', 9000) as text"
                        + " from generate_series(1, 100000) g where pg_sleep(0.3) is not null",
                "create unlogged table huge as select g as id, 'name ' || g as name"
                        + " from generate_series(1, 10000000) g");
        maria.executeIn(
                crm,
                "create table customer (code varchar(20) primary key, name varchar(100)"
                        + " comment '客户名称')",
                "insert into customer values ('c1', '张三'), ('c2', null)");
        server = LiveServer.start(home);
        client = server.administrator();
        client.post("/api/projects", Map.of("name", "sales"));
        save("erp", postgres.connection("erp", erp));
        save("crm", maria.connection("crm", crm));
    }

    @AfterAll
    void stop() throws SQLException {
        server.close();
        postgres.dropDatabase(erp + " with (force)");
        maria.dropDatabase(crm);
    }

    private void save(String name, String text) {
        Answer saved = client.put(ROOT + "/connections/" + name, Map.of("text", text), null);
        assertEquals(200, saved.status(), saved.body());
        assertEquals(0, saved.json().path("problems").size(), saved.body());
    }

    private Answer test(String text) {
        return client.post(ROOT + "/connections/test", Map.of("name", "tried", "text", text));
    }

    private static List<String> steps(JsonNode trial) {
        List<String> steps = new ArrayList<>();
        trial.path("steps")
                .forEach(
                        step ->
                                steps.add(
                                        step.path("step").asString()
                                                + (step.path("ok").asBoolean() ? "" : "!")));
        return steps;
    }

    @Test
    void triesEveryStepOfAConnectionThatIsNotSaved() {
        List<String> all = List.of("dns", "tcp", "tls", "login", "privilege", "version");
        JsonNode pg = test(postgres.connection("tried", erp)).json();
        assertEquals(all, steps(pg), pg.toString());
        assertTrue(pg.path("ok").asBoolean());
        assertTrue(pg.path("version").asString().startsWith("18"), pg.toString());
        JsonNode my = test(maria.connection("tried", crm)).json();
        assertTrue(my.path("ok").asBoolean(), my.toString());
        assertEquals(all, steps(my), my.toString());
    }

    @Test
    void namesTheStepThatFails() {
        String good = postgres.connection("tried", erp);
        JsonNode login = test(good.replaceAll("password: .*", "password: wrong-one")).json();
        assertEquals(List.of("dns", "tcp", "tls", "login!"), steps(login), login.toString());
        assertEquals("LOGIN_REFUSED", login.path("problem").path("code").asString());
        assertFalse(login.toString().contains("wrong-one"));
        JsonNode dns = test(good.replaceAll("host: .*", "host: nowhere.invalid")).json();
        assertEquals(List.of("dns!"), steps(dns), dns.toString());
        JsonNode tcp = test(good.replaceAll("port: .*", "port: 1")).json();
        assertEquals(List.of("dns", "tcp!"), steps(tcp), tcp.toString());
    }

    @Test
    void tellsWhatIsWrongWithATextBeforeConnecting() {
        Answer refused = test("connection: tried\ntype: postgres\nhots: a\n");
        assertEquals(422, refused.status());
        assertTrue(refused.body().contains("did you mean 'host'"), refused.body());
        assertTrue(refused.json().path("problems").size() > 1, "all at once: " + refused);
    }

    @Test
    void listsDatasetsWithWhatTheCatalogueSays() {
        JsonNode found = client.get(ROOT + "/connections/erp/datasets?query=SALES").json();
        assertEquals(1, found.path("items").size(), found.toString());
        assertEquals("sales_order", found.at("/items/0/name").asString());
        assertEquals("销售订单", found.at("/items/0/comment").asString());
        assertEquals(250, found.at("/items/0/rows_estimate").asInt());
        List<String> names = new ArrayList<>();
        String after = "";
        do {
            JsonNode page =
                    client.get(ROOT + "/connections/erp/datasets?limit=1&after=" + after).json();
            page.path("items").forEach(item -> names.add(item.path("name").asString()));
            after = page.path("next").asString("");
        } while (!after.isEmpty());
        assertEquals(List.of("crawl", "empty_one", "huge", "sales_order", "trickle"), names);
    }

    @Test
    void describesADataset() {
        JsonNode one = client.get(ROOT + "/connections/erp/datasets/sales_order").json();
        assertEquals("so_no", one.at("/key/0").asString(), one.toString());
        assertEquals("updated_at", one.at("/cursor_candidates/0").asString());
        assertEquals("decimal(12,2)", one.at("/columns/2/type").asString());
        assertEquals("客户名称", one.at("/columns/1/comment").asString());
        assertTrue(one.at("/columns/0/key").asBoolean());
        Answer missing = client.get(ROOT + "/connections/erp/datasets/sales_ordr");
        assertEquals("DATASET_MISSING", missing.code());
        assertTrue(missing.body().contains("sales_order"), missing.body());
        assertEquals(404, client.get(ROOT + "/connections/erpp/datasets/x").status());
    }

    @Test
    void previewsWithAProfileOfTheSample() {
        JsonNode some =
                client.get(ROOT + "/connections/erp/datasets/sales_order/preview" + "?limit=200")
                        .json();
        assertEquals(200, some.path("rows").size());
        assertEquals("sample", some.path("of").asString());
        assertEquals(50, some.at("/profile/1/nulls").asInt());
        assertEquals(25.0, some.at("/profile/1/null_percent").asDouble());
        assertEquals(150, some.at("/profile/1/distinct").asInt());
        assertEquals("1.50", some.at("/profile/2/min").asString());
        assertEquals("300.00", some.at("/profile/2/max").asString());
        JsonNode all = client.get(ROOT + "/connections/crm/datasets/customer/preview").json();
        assertEquals("all", all.path("of").asString(), all.toString());
        assertEquals("张三", all.at("/rows/0/1").asString());
        assertTrue(all.at("/rows/1/1").isNull());
        JsonNode none = client.get(ROOT + "/connections/erp/datasets/empty_one/preview").json();
        assertEquals("no_rows", none.path("empty_because").asString(), none.toString());
    }

    @Test
    void leavesAHugeTableAfterAHundredRows() throws SQLException {
        JsonNode some = client.get(HUGE).json();
        assertEquals(100, some.path("rows").size(), some.toString());
        assertEquals("sample", some.path("of").asString());
        assertEquals(List.of(), busy());
    }

    /// What our sessions run in the source right now.
    private List<String> busy() throws SQLException {
        List<String> busy = new ArrayList<>();
        try (var connection = postgres.connect();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select query from pg_stat_activity where datname = '"
                                        + erp
                                        + "' and state <> 'idle'")) {
            while (rows.next()) {
                busy.add(rows.getString(1));
            }
        }
        return busy;
    }

    @Test
    void cancelsAPreviewAndFreesTheSource() throws Exception {
        String path = ROOT + "/connections/erp/datasets/crawl/preview?preview_id=p1";
        Client other = server.administrator();
        FutureTask<Answer> answer = new FutureTask<>(() -> other.get(path));
        Thread.ofVirtual().start(answer);
        Await.until(
                "the source to be asked",
                Duration.ofSeconds(20),
                () -> answer.isDone() || busy().stream().anyMatch(q -> q.startsWith("copy")));
        assertEquals(204, client.delete(ROOT + "/previews/p1", null).status());
        JsonNode preview = answer.get().json();
        assertTrue(preview.path("partial").asBoolean(), preview.toString());
        assertEquals("stopped", preview.path("empty_because").asString());
        Await.until("the source to be free", Duration.ofSeconds(20), () -> busy().isEmpty());
    }

    /// Takes as long as a preview may: ten seconds.
    @Test
    void endsAPreviewOfASlowSourceInTimeAndFreesIt() {
        JsonNode preview =
                client.get(ROOT + "/connections/erp/datasets/trickle/preview?limit=1000").json();
        assertTrue(preview.path("partial").asBoolean(), preview.toString());
        assertTrue(preview.path("rows").size() < 1000, preview.toString());
        assertEquals("sample", preview.path("of").asString());
        Await.until("the source to be free", Duration.ofSeconds(20), () -> busy().isEmpty());
    }

    /// Where clouds keep credentials, as an address may be written, and link-local ones.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "2852039166",
                "::ffff:169.254.169.254",
                "169.254.7.7",
                "fe80::1",
                "fd00:ec2::254",
                "100.100.100.200"
            })
    void connectsToNoAddressWhereCloudsKeepCredentials(String host) {
        String text = "connection: %s\ntype: %s\nhost: '%s'\ndatabase: a\nuser: b\npassword: c\n";
        for (String type : List.of("postgres", "mysql")) {
            JsonNode tried = test(text.formatted("tried", type, host)).json();
            assertEquals("ADDRESS_REFUSED", tried.at("/problem/code").asString(), tried.toString());
            assertEquals(List.of("tcp!"), steps(tried));
        }
        save("far", text.formatted("far", "postgres", host));
        String path = ROOT + "/connections/far";
        assertEquals("ADDRESS_REFUSED", client.get(path + "/datasets").code());
        assertEquals("ADDRESS_REFUSED", client.get(path + "/datasets/t/preview").code());
        assertEquals(204, client.delete(path, "*").status());
    }

    @Test
    void knowsItsConnectorsAndProblems() {
        JsonNode connectors = client.get("/api/connectors").json();
        for (JsonNode one : connectors.path("items")) {
            if (one.path("type").asString().equals("postgres")) {
                assertEquals("PostgreSQL", one.at("/title/zh").asString());
                assertTrue(one.path("roles").toString().contains("verifies"));
                assertEquals("host", one.at("/options/0/name").asString());
                assertEquals("text", one.at("/options/0/kind").asString());
                assertTrue(one.at("/options/0/required").asBoolean());
            }
        }
        assertTrue(connectors.path("items").size() >= 8, connectors.toString());
        JsonNode problems = server.client().get("/api/problems").json();
        assertTrue(problems.toString().contains("数据集不存在"), problems.toString());
        assertTrue(problems.toString().contains("Dataset missing"), problems.toString());
    }
}
