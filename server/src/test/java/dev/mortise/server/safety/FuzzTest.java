package dev.mortise.server.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.RouteList;
import dev.mortise.server.RouteList.Route;
import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import dev.mortise.server.store.TestDatabase;
import dev.mortise.spi.problem.Fault;
import dev.mortise.testkit.live.LocalServers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests nobody would make on purpose, at every route: none is answered with a failure of ours,
/// and every refusal has the shape of a problem. `-Dmortise.fuzz.requests=200000` makes more of
/// them, `-Dmortise.fuzz.seed=…` the same again.
@Tag("live")
class FuzzTest {
    private static final int REQUESTS = Integer.getInteger("mortise.fuzz.requests", 5_000);

    /// What would end the callers or what they work on.
    private static final Set<String> LEFT_OUT =
            Set.of(
                    "DELETE /api/projects/{project}",
                    "DELETE /api/me/sessions",
                    "DELETE /api/session",
                    "POST /api/session",
                    // Goes on for minutes.
                    "GET /api/projects/{project}/events");

    @Test
    void failsForNoRequestOnSqlite(@TempDir Path home) {
        failsForNoRequest(home, "", REQUESTS);
    }

    @Test
    void failsForNoRequestOnPostgres(@TempDir Path home) throws SQLException {
        failsForNoRequest(home, TestDatabase.url(LocalServers.postgres()), REQUESTS / 5);
    }

    private static void failsForNoRequest(Path home, String database, int requests) {
        long seed = Long.getLong("mortise.fuzz.seed", System.nanoTime());
        System.err.printf("seed %d, requests %d%n", seed, requests);
        Random random = new Random(seed);
        try (LiveServer server = LiveServer.start(home, database)) {
            Client root = server.administrator();
            root.post("/api/projects", Map.of("name", "sales"));
            Client developer = server.person(root, "dev", Map.of("sales", "developer"));
            Client token = server.token(root, "fuzz", "*", "administrator");
            List<Client> clients = List.of(root, developer, token, token, server.client());
            List<Route> routes =
                    RouteList.of(server.server()).stream()
                            .filter(r -> !LEFT_OUT.contains(r.method() + " " + r.path()))
                            .toList();
            List<String> wrong = new ArrayList<>();
            int accepted = 0;
            for (int i = 0; i < requests && wrong.size() < 10; i++) {
                Route route = routes.get(random.nextInt(routes.size()));
                Guess guess = Guess.of(route, random);
                Answer answer = guess.send(clients.get(random.nextInt(clients.size())));
                accepted += answer.status() < 300 ? 1 : 0;
                if (isWrong(answer)) {
                    wrong.add(guess + " -> " + answer);
                }
            }
            assertEquals("", String.join("\n", wrong), "seed " + seed);
            assertTrue(accepted > requests / 100, "hardly any was accepted; seed " + seed);
            assertTrue(root.get("/api/audit/verify").json().path("ok").asBoolean());
        }
    }

    private static boolean isWrong(Answer answer) {
        if (answer.status() < 400) {
            return false;
        }
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (!type.startsWith("application/problem+json")) {
            return true;
        }
        // Another system that is not there is no failure of ours.
        String fault = answer.json().path("problems").path(0).path("fault").asString("");
        return answer.status() >= 500
                && !fault.equals(Fault.TRANSIENT.name())
                && !fault.equals(Fault.ENVIRONMENT.name());
    }
}
