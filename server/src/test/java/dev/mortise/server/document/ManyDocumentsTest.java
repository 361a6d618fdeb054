package dev.mortise.server.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A project of many flows; `-Dmortise.flows=5000` for as many as the bar has. What it takes is
/// printed, not judged.
@Tag("live")
@Tag("slow")
class ManyDocumentsTest {
    private static final int FLOWS = Integer.getInteger("mortise.flows", 500);
    private static final int CALLS = 60;
    private static final long SEED = 20_261_126;

    @Test
    void findsOneFlowAmongThousandsOnSqlite(@TempDir Path home) throws IOException {
        try (LiveServer server = LiveServer.start(home)) {
            look("sqlite", server.administrator());
        }
    }

    @Test
    void findsOneFlowAmongThousandsOnPostgres(@TempDir Path home) throws IOException, SQLException {
        LocalPostgres postgres = LocalServers.postgres();
        String url =
                "postgres://%s:%s@%s:%d/%s"
                        .formatted(
                                postgres.user(),
                                postgres.password(),
                                postgres.host(),
                                postgres.port(),
                                postgres.freshDatabase("many"));
        try (LiveServer server = LiveServer.start(home, url)) {
            look("postgres", server.administrator());
        }
    }

    private static void look(String where, Client client) throws IOException {
        client.post("/api/projects", Map.of("name", "many"));
        String root = "/api/projects/many";
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        new Bundle(flows(), "", List.of()).write(zip);
        long start = System.nanoTime();
        Answer filled = client.upload(root + "/import", "application/zip", zip.toByteArray());
        assertEquals(200, filled.status(), filled.body());
        print(where, "import", (System.nanoTime() - start) / 1_000_000);
        time(where, "list", client, root + "/flows");
        String common = time(where, "search common", client, root + "/flows?query=CUSTOMER");
        assertTrue(common.contains("\"name\":\"flow-00000\""), common);
        String rare = time(where, "search rare", client, root + "/flows?query=needle-00321");
        assertTrue(rare.contains("\"name\":\"flow-00321\""), rare);
        String none = time(where, "search none", client, root + "/flows?query=nowhere");
        assertTrue(none.startsWith("{\"items\":[]"), none);
        time(where, "open", client, root + "/flows/flow-00250");
        for (int i = 1; i <= 20; i++) {
            long before = System.nanoTime();
            Answer saved =
                    client.put(
                            root + "/flows/flow-00250",
                            Map.of("text", "flow: flow-00250\nsteps: {}\n# " + i + "\n"),
                            "\"" + i + "\"");
            assertEquals(200, saved.status(), saved.body());
            if (i == 20) {
                print(where, "save", (System.nanoTime() - before) / 1_000_000);
            }
        }
    }

    private static SortedMap<String, String> flows() {
        Random random = new Random(SEED);
        SortedMap<String, String> flows = new TreeMap<>();
        for (int i = 0; i < FLOWS; i++) {
            String name = "flow-%05d".formatted(i);
            StringBuilder text = new StringBuilder("flow: " + name + "\nsteps:\n");
            for (int step = 0; step < 12; step++) {
                text.append(
                        "  step_%d: {read: erp.sales.customer_%d, where: amount > %d}\n"
                                .formatted(step, random.nextInt(1_000), random.nextInt()));
            }
            flows.put("flows/" + name + ".yaml", text + "# needle-%05d\n".formatted(i));
        }
        return flows;
    }

    /// @return the last answer
    private static String time(String where, String what, Client client, String path) {
        long[] millis = new long[CALLS];
        String body = "";
        for (int i = 0; i < CALLS; i++) {
            long start = System.nanoTime();
            Answer answer = client.get(path);
            millis[i] = (System.nanoTime() - start) / 1_000_000;
            assertEquals(200, answer.status(), answer.body());
            body = answer.body();
        }
        Arrays.sort(millis);
        print(where, what + " p95", millis[CALLS * 95 / 100]);
        return body;
    }

    private static void print(String where, String what, long millis) {
        System.err.println(where + " " + what + " " + millis + " ms, seed " + SEED);
    }
}
