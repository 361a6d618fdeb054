package dev.mortise.server.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import dev.mortise.server.run.RunWait;
import dev.mortise.testkit.live.Await;
import dev.mortise.testkit.live.LocalPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// A real database changes its columns, a flow runs: that is told once, and once more when it is
/// mended.
@Tag("live")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftTest {
    private static final String P = "/api/projects/sales";

    /// A fire each minute, and a minute until it is told.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Map<String, List<String>> told = new ConcurrentHashMap<>();
    private LocalPostgres postgres;
    private String database;
    private HttpServer vendor;
    private LiveServer server;
    private Client client;

    @BeforeAll
    void start(@TempDir Path home) throws IOException, SQLException {
        postgres = LocalPostgres.start();
        database = postgres.freshDatabase("erp");
        vendor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        vendor.createContext(
                "/",
                exchange -> {
                    JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody());
                    told(exchange.getRequestURI().getPath()).add(body.path("title").asString());
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        vendor.start();
        server = LiveServer.start(home);
        client = server.administrator();
        client.post("/api/projects", Map.of("name", "sales"));
        client.put(P + "/secrets/hook", Map.of("value", "s"), null);
        client.publish(P, "connections", "erp", postgres.connection("erp", database));
    }

    @AfterAll
    void stop() {
        server.close();
        vendor.stop(0);
        postgres.close();
    }

    private List<String> told(String path) {
        return told.computeIfAbsent(path, _ -> new CopyOnWriteArrayList<>());
    }

    private void sql(String... statements) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl(database), postgres.user(), postgres.password());
                var statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    /// A table, a flow that reads its columns, and rules for drift and for failures of it that tell
    /// the same channel.
    private void flow(String name) throws SQLException {
        sql(
                "create table %s (id int primary key, amount int, note text)".formatted(name),
                "insert into %s values (1, 5, 'a'), (2, 6, 'b')".formatted(name));
        client.publish(
                P,
                "flows",
                name,
                """
                flow: %1$s
                steps:
                  orders: {read: erp.public.%1$s}
                  mapped: {from: orders, map: {id: id, amount: amount}}
                  copies: {from: mapped, write: erp.public.%1$s_copy, mode: replace}
                """
                        .formatted(name));
        String url = "http://127.0.0.1:" + vendor.getAddress().getPort() + "/" + name;
        Answer channel =
                client.post(
                        P + "/channels",
                        Map.of(
                                "name",
                                name,
                                "kind",
                                "webhook",
                                "language",
                                "en",
                                "settings",
                                Map.of(
                                        "url",
                                        url,
                                        "secret",
                                        "${secret:hook}",
                                        "reach",
                                        "private")));
        assertEquals(201, channel.status(), channel.body());
        rules(name, List.of(channel.json().path("id").asString()));
    }

    private void rules(String name, List<String> channels) {
        for (String on : List.of("drift", "failure")) {
            Answer rule =
                    client.post(
                            P + "/rules",
                            Map.of(
                                    "name",
                                    on + " of " + name,
                                    "on",
                                    on,
                                    "flow",
                                    name,
                                    "channels",
                                    channels));
            assertEquals(201, rule.status(), rule.body());
        }
    }

    private String run(String flow) {
        Answer begun = client.post(P + "/runs", Map.of("flow", flow));
        assertEquals(202, begun.status(), begun.body());
        return RunWait.over(client, P + "/runs/" + begun.json().path("id").asString())
                .path("state")
                .asString();
    }

    private void awaitTold(String flow, String... titles) {
        Await.until("told of " + flow, PATIENCE, () -> told("/" + flow).size() >= titles.length);
        assertEquals(List.of(titles), told("/" + flow));
    }

    @Test
    void aColumnThatIsRenamedIsToldOnceByScheduledRuns() throws SQLException {
        flow("renamed");
        assertEquals("succeeded", run("renamed"));
        sql("alter table renamed rename column amount to total");
        Answer schedule =
                client.post(
                        P + "/schedules",
                        Map.of("flow", "renamed", "cron", "* * * * *", "zone", "UTC"));
        assertEquals(201, schedule.status(), schedule.body());
        awaitTold("renamed", "renamed: source columns changed");
        assertEquals("failed", run("renamed"), "the same again");
        sql("alter table renamed rename column total to amount");
        assertEquals("succeeded", run("renamed"));
        awaitTold("renamed", "renamed: source columns changed", "renamed: healthy again");
        JsonNode incidents = client.get(P + "/incidents?state=closed").json().path("items");
        assertTrue(incidents.toString().contains("-amount int32, +total int32"), "" + incidents);
    }

    @Test
    void aColumnThatIsDroppedAndNotUsedIsToldThoughTheRunGoesWell() throws SQLException {
        flow("dropped");
        assertEquals("succeeded", run("dropped"));
        sql("alter table dropped drop column note");
        assertEquals("succeeded", run("dropped"));
        awaitTold("dropped", "dropped: source columns changed");
        assertEquals("succeeded", run("dropped"), "the new columns are expected from here on");
        awaitTold("dropped", "dropped: source columns changed", "dropped: healthy again");
        assertEquals("succeeded", run("dropped"));
        assertEquals(2, told("/dropped").size());
    }

    @Test
    void aCheckFindsAColumnOfAnotherTypeBeforeAnyRun() throws SQLException {
        flow("retyped");
        assertEquals("succeeded", run("retyped"));
        sql("alter table retyped alter column amount type bigint");
        String text = client.get(P + "/flows/retyped").json().path("text").asString();
        for (int i = 0; i < 2; i++) {
            Answer checked =
                    client.post(P + "/flows/check", Map.of("name", "retyped", "text", text));
            assertEquals(200, checked.status(), checked.body());
        }
        awaitTold("retyped", "retyped: source columns changed");
        assertEquals("succeeded", run("retyped"));
        awaitTold("retyped", "retyped: source columns changed", "retyped: healthy again");
    }
}
