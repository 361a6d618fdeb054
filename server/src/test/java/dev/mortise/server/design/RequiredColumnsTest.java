package dev.mortise.server.design;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Columns a target demands, when a flow is saved and when it is published.
@Tag("live")
class RequiredColumnsTest {
    private static final String ROOT = "/api/projects/sales";
    private static final String FLOW =
            """
            flow: people
            steps:
              in: {read: shop.person}
              mapped: {from: in, map: {id: id%s}}
              out: {from: mapped, write: %s.guest, mode: append}
            """;

    private LiveServer server;
    private Client client;

    @BeforeEach
    void start(@TempDir Path home) throws SQLException, IOException {
        Path folder = Files.createDirectories(home.resolve("projects").resolve("sales"));
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("create table person (id integer primary key, name text not null)");
            statement.execute("create table guest (id integer primary key, name text not null)");
        }
        server = LiveServer.start(home);
        client = server.administrator();
        client.post("/api/projects", Map.of("name", "sales"));
        for (String name : new String[] {"shop", "away"}) {
            String text = "connection: %s\ntype: sqlite\npath: %s.db\n".formatted(name, name);
            client.publish(ROOT, "connections", name, text);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer save(String text, String version) {
        Answer saved = client.put(ROOT + "/flows/people", Map.of("text", text), version);
        assertEquals(200, saved.status(), saved.body());
        int revision = saved.json().path("revision").asInt();
        return client.post(ROOT + "/flows/people/publish", Map.of("revision", revision));
    }

    @Test
    void whatATargetDemandsIsWantedForPublishingAndNotForSaving() {
        Answer refused = save(FLOW.formatted("", "shop"), "\"0\"");
        assertEquals(422, refused.status(), refused.body());
        assertEquals("COLUMN_REQUIRED", refused.code());
        Answer published = save(FLOW.formatted(", name: name", "shop"), "\"1\"");
        assertEquals(200, published.status(), published.body());
    }

    @Test
    void aSystemThatIsAwayStandsInNobodysWay() {
        Answer published = save(FLOW.formatted("", "away"), "\"0\"");
        assertEquals(200, published.status(), published.body());
    }
}
