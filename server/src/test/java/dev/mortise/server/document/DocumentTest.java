package dev.mortise.server.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("live")
class DocumentTest {
    private static final String PATH = "/api/projects/sales/flows/orders";
    private static final String TEXT =
            """
            # what a comment says stays
            flow: orders
            steps:
              in:   {read: db.orders}
              out: {from: in, write: db.copies, mode: append}
            """;

    private final LiveServer server;
    private final Client client;

    DocumentTest(@TempDir Path home) {
        server = LiveServer.start(home);
        client = server.administrator();
        assertEquals(201, client.post("/api/projects", Map.of("name", "sales")).status());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer save(String text, String ifMatch) {
        return client.put(PATH, Map.of("text", text), ifMatch.isEmpty() ? null : ifMatch);
    }

    @Test
    void givesBackWhatWasSavedByteForByte() {
        String odd = TEXT + "\r\n#\ttab and \u00e9\u4e2d\ud83d\ude00 and no end";
        Answer saved = save(odd, "");
        assertEquals(200, saved.status(), saved.body());
        assertEquals(odd, client.get(PATH).json().path("text").asString());
        assertEquals("\"1\"", client.get(PATH).etag());
    }

    @Test
    void refusesToOverwriteWhatTheCallerHasNotSeen() {
        save(TEXT, "");
        assertEquals(428, save(TEXT + "# a\n", "").status());
        assertEquals(200, save(TEXT + "# a\n", "\"1\"").status());
        Answer late = save(TEXT + "# b\n", "\"1\"");
        assertEquals(412, late.status());
        assertEquals("VERSION_STALE", late.code());
        assertEquals(TEXT + "# a\n", client.get(PATH).json().path("text").asString());
    }

    @Test
    void publishesOnlyWhatIsSound() {
        save(TEXT, "");
        Answer refused = client.post(PATH + "/publish", Map.of("revision", 1));
        assertEquals(422, refused.status(), refused.body());
        assertEquals("CONNECTION_UNKNOWN", refused.code());
        client.put(
                "/api/projects/sales/connections/db",
                Map.of("text", "connection: db\ntype: sqlite\npath: a.db\n"),
                null);
        Answer published = client.post(PATH + "/publish", Map.of("revision", 1));
        assertEquals(200, published.status(), published.body());
        assertEquals("published", published.json().path("state").asString());
        save(TEXT + "# a\n", "\"1\"");
        assertEquals("changed", client.get(PATH).json().path("state").asString());
    }

    @Test
    void revertsToARevision() {
        save(TEXT, "");
        save("flow: orders\nsteps: {}\n", "\"1\"");
        Answer reverted = client.post(PATH + "/revert", Map.of("revision", 1));
        assertEquals(TEXT, reverted.json().path("text").asString());
        assertEquals(3, client.get(PATH + "/revisions").json().path("items").size());
    }

    @Test
    void pagesThroughAllOnce() {
        for (int i = 0; i < 7; i++) {
            client.put(
                    "/api/projects/sales/flows/f" + i,
                    Map.of("text", "flow: f" + i + "\nsteps: {}\n"),
                    null);
        }
        StringBuilder seen = new StringBuilder();
        String next = "";
        do {
            var page = client.get("/api/projects/sales/flows?limit=3&after=" + next).json();
            page.path("items").forEach(one -> seen.append(one.path("name").asString()));
            next = page.path("next").asString("");
        } while (!next.isEmpty());
        assertEquals("f0f1f2f3f4f5f6", seen.toString());
        assertTrue(
                client.get("/api/projects/sales/flows?query=F3").json().path("items").size() == 1);
    }

    @Test
    void nobodyElseSeesAnything() {
        save(TEXT, "");
        assertEquals(401, server.client().get(PATH).status());
    }
}
