package dev.mortise.server.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.RouteList;
import dev.mortise.server.RouteList.Route;
import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import dev.mortise.server.web.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Every route of the router × everybody who might call it. A new route fails until it is listed in
/// `routes.txt`, by somebody who has thought about who may call it.
@Tag("live")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteMatrixTest {
    /// What would end the callers or the project they all share; tests of their own cover these.
    private static final Set<String> LEFT_OUT =
            Set.of(
                    "DELETE /api/projects/{project}",
                    "DELETE /api/me/sessions",
                    "DELETE /api/session");

    /// What takes an archive, and not JSON.
    private static final Set<String> ARCHIVES = Set.of("/api/projects/{project}/import");

    private final Map<String, Caller> callers = new LinkedHashMap<>();

    /// @param role in project `sales`; null for nobody's
    /// @param isEverywhere whether the role holds everywhere
    private record Caller(
            Client client, @Nullable Role role, boolean isEverywhere, boolean isToken) {}

    private final LiveServer server;

    RouteMatrixTest(@TempDir Path home) throws SQLException {
        server = LiveServer.start(home, database());
        Client root = server.administrator();
        root.post("/api/projects", Map.of("name", "sales"));
        root.post("/api/projects", Map.of("name", "stock"));
        Client expired = server.person(root, "expired", Map.of("*", "administrator"));
        RouteList.database(server.server())
                .write(
                        dsl ->
                                dsl.execute(
                                        "update login_session set until = 1 where person ="
                                                + " (select id from person where name ="
                                                + " 'expired')"));
        callers.put("anonymous", new Caller(server.client(), null, false, false));
        callers.put("expired session", new Caller(expired, null, false, false));
        Client unknown = server.client().with("Authorization", "Bearer mt_unknown");
        callers.put("unknown token", new Caller(unknown, null, false, false));
        for (Role role : Role.values()) {
            String word = role.word();
            Client person = server.person(root, word, Map.of("sales", word));
            callers.put(word, new Caller(person, role, false, false));
            Client token = server.token(root, word, "sales", word);
            callers.put("token " + word, new Caller(token, role, false, true));
        }
        callers.put("root", new Caller(root, Role.ADMINISTRATOR, true, false));
        Client all = server.token(root, "all", "*", "administrator");
        callers.put("token of all", new Caller(all, Role.ADMINISTRATOR, true, true));
    }

    /// Where the server keeps what it knows.
    String database() throws SQLException {
        return "";
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static List<String> listed() throws IOException {
        try (InputStream in = RouteMatrixTest.class.getResourceAsStream("routes.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        }
    }

    @Test
    void everyRouteIsListed() throws IOException {
        List<String> routes = RouteList.of(server.server()).stream().map(Route::line).toList();
        List<String> listed = listed();
        List<String> missing = new ArrayList<>(routes);
        missing.removeAll(listed);
        List<String> stale = new ArrayList<>(listed);
        stale.removeAll(routes);
        assertTrue(
                missing.isEmpty() && stale.isEmpty(),
                "routes.txt is to have these lines too:\n"
                        + String.join("\n", missing)
                        + "\nand no longer these:\n"
                        + String.join("\n", stale));
    }

    @Test
    void letsIntoEachRouteWhoMayAndNobodyElse() {
        List<String> wrong = new ArrayList<>();
        int calls = 0;
        for (Route route : RouteList.of(server.server())) {
            if (LEFT_OUT.contains(route.method() + " " + route.path())) {
                continue;
            }
            for (Map.Entry<String, Caller> one : callers.entrySet()) {
                String told = told(route, one.getValue(), "sales", true);
                calls++;
                if (!told.isEmpty()) {
                    wrong.add(route.line() + " by " + one.getKey() + ": " + told);
                }
            }
        }
        assertTrue(calls > 300, "few calls: " + calls);
        assertEquals("", String.join("\n", wrong));
    }

    /// The same in a project where nobody but who counts everywhere was granted anything.
    @Test
    void showsNothingOfAProjectToTheAdministratorOfAnother() {
        List<String> wrong = new ArrayList<>();
        for (Route route : RouteList.of(server.server())) {
            if (!route.isOfProject() || LEFT_OUT.contains(route.method() + " " + route.path())) {
                continue;
            }
            wrong.addAll(toldElsewhere(route));
        }
        assertEquals("", String.join("\n", wrong));
    }

    private List<String> toldElsewhere(Route route) {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, Caller> one : callers.entrySet()) {
            if (one.getValue().isEverywhere()) {
                continue;
            }
            String told = told(route, one.getValue(), "stock", false);
            if (!told.isEmpty()) {
                wrong.add(route.line() + " by " + one.getKey() + ": " + told);
            }
        }
        return wrong;
    }

    /// @return what is wrong with the answer; empty when it is right
    private static String told(Route route, Caller caller, String project, boolean isGranted) {
        Answer answer = call(route, caller, project);
        String expected = expected(route, caller, isGranted);
        String found =
                switch (answer.status()) {
                    case 401 -> route.access().equals("open") ? "in" : "401";
                    case 403 -> "403";
                    case 404 -> answer.body().contains("no project is called") ? "404" : "in";
                    default -> answer.status() == 500 ? "500" : "in";
                };
        return expected.equals(found) ? "" : "expected " + expected + ", got " + answer;
    }

    private static Answer call(Route route, Caller caller, String project) {
        String path = Fill.path(route.path(), project);
        boolean hasBody = !route.method().equals("GET") && !route.method().equals("DELETE");
        // No JSON: what is let in goes no further than this.
        Object body = hasBody ? new Client.Raw("{") : null;
        String type = ARCHIVES.contains(route.path()) ? "application/zip" : "application/json";
        return caller.client().with("Content-Type", type).head(route.method(), path, body);
    }

    private static String expected(Route route, Caller caller, boolean isGranted) {
        if (route.access().equals("open")) {
            return "in";
        }
        if (caller.role() == null) {
            return "401";
        }
        if (route.access().equals("in_person")) {
            return caller.isToken() ? "403" : "in";
        }
        if (route.access().equals("signed_in")) {
            return "in";
        }
        Role needed = Role.of(route.access());
        if (!route.isOfProject()) {
            return caller.isEverywhere() ? "in" : "403";
        }
        if (!isGranted) {
            return "404";
        }
        return caller.role().includes(needed) ? "in" : "403";
    }
}
