package dev.mortise.server.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.RouteList;
import dev.mortise.server.RouteList.Route;
import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import dev.mortise.server.run.RunWait;
import dev.mortise.testkit.live.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// API1 and API3 of OWASP's list for every route there is: an id of another project's object leads
/// nowhere under one's own project, and no body is taken that has a word too many.
@Tag("live")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObjectLevelTest {
    private static final String P = "/api/projects/sales";
    private static final String MARK = "sales-mark";

    /// What would end the project, or goes on for minutes.
    private static final Set<String> LEFT_OUT =
            Set.of("DELETE /api/projects/{project}", "GET /api/projects/{project}/events");

    /// A day, a flow, a setting: what a caller may well give any name to.
    private static final Set<String> ARCHIVES = Set.of("POST /api/projects/{project}/import");

    private final Map<String, String> ids = new LinkedHashMap<>();
    private LiveServer server;
    private Client root;
    private Client neighbour;

    @BeforeAll
    void start(@TempDir Path home) {
        server = LiveServer.start(home);
        root = server.administrator();
        root.post("/api/projects", Map.of("name", "sales"));
        root.post("/api/projects", Map.of("name", "stock"));
        neighbour = server.person(root, "neighbour", Map.of("stock", "administrator"));
        root.put(P + "/secrets/hook", Map.of("value", "v"), null);
        root.publish(
                P,
                "connections",
                "db",
                "connection: db\ntype: sqlite\npath: a.db\n# " + MARK + "\n");
        root.publish(
                P,
                "flows",
                "orders",
                "flow: orders\nsteps:\n  a: {read: db.t}\n"
                        + "  b: {from: a, write: db.u, mode: append}\n# "
                        + MARK
                        + "\n");
        Map<String, Object> hook =
                Map.of("url", "https://h.example.com/", "secret", "${secret:hook}");
        ids.put(
                "channels",
                made("/channels", Map.of("name", MARK, "kind", "webhook", "settings", hook)));
        ids.put(
                "rules",
                made(
                        "/rules",
                        Map.of(
                                "name",
                                MARK,
                                "on",
                                "failure",
                                "channels",
                                List.of(id("channels")))));
        ids.put(
                "schedules",
                made("/schedules", Map.of("flow", "orders", "cron", "7 7 7 7 *", "zone", "UTC")));
        String run = made("/runs", Map.of("flow", "orders"));
        ids.put("runs", run);
        RunWait.over(root, P + "/runs/" + run);
        String incident =
                root.get(P + "/incidents").json().path("items").path(0).path("id").asString();
        assertTrue(!incident.isEmpty(), "a run that fails opens an incident");
        ids.put("incidents", incident);
        awaitAnswer();
    }

    /// What a vendor answers comes later, and would look like a change.
    private void awaitAnswer() {
        Await.until(
                "somebody was told of it, or could not be",
                Duration.ofMinutes(1),
                () ->
                        !root.get(P + "/incidents")
                                .json()
                                .at("/items/0/deliveries/0/answer")
                                .asString("")
                                .isEmpty());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String id(String of) {
        return java.util.Objects.requireNonNull(ids.get(of));
    }

    private String made(String path, Object body) {
        Answer made = root.post(P + path, body);
        assertTrue(made.status() == 201 || made.status() == 202, made.toString());
        return made.json().path("id").asString();
    }

    /// The path of a route with what belongs to project `sales`.
    private String filled(Route route, String project) {
        String path =
                route.path()
                        .replace("{project}", project)
                        .replaceAll("\\{kind:[^}]*}", "flows")
                        .replace("{connection}", "db")
                        .replace("{dataset}", "t")
                        .replace("{flow}", "orders")
                        .replace("{revision}", "1")
                        .replace("{template}", "incremental")
                        .replace("{preview}", "p1");
        for (Map.Entry<String, String> one : ids.entrySet()) {
            path =
                    path.replace(
                            "/" + one.getKey() + "/{id}",
                            "/" + one.getKey() + "/" + one.getValue());
        }
        path = path.replace("/secrets/{name}", "/secrets/hook");
        return path.replace("{name}", "orders").replace("{id}", id("runs"));
    }

    /// What there is of `sales`, as its administrator sees it.
    private String state() {
        StringBuilder all = new StringBuilder();
        for (String path :
                List.of(
                        "/flows/orders",
                        "/connections/db",
                        "/flows/orders/revisions",
                        "/secrets",
                        "/channels",
                        "/rules",
                        "/schedules",
                        "/incidents",
                        "/maintenance",
                        "/runs")) {
            all.append(root.get(P + path).body()).append('\n');
        }
        return all.toString();
    }

    private List<Route> routes() {
        return RouteList.of(server.server()).stream()
                .filter(Route::isOfProject)
                .filter(route -> !LEFT_OUT.contains(route.method() + " " + route.path()))
                .toList();
    }

    @Test
    void noIdOfAnotherProjectLeadsToItsObject() {
        String before = state();
        List<String> wrong = new ArrayList<>();
        int calls = 0;
        for (Route route : routes()) {
            if (!route.path().replace("{project}", "").contains("{")) {
                continue;
            }
            String path = filled(route, "stock");
            Answer answer =
                    path.endsWith("/events")
                            ? neighbour.head(route.method(), path, null)
                            : neighbour.call(
                                    route.method(),
                                    path,
                                    route.method().equals("GET") ? null : Map.of(),
                                    "*");
            calls++;
            boolean gives = answer.status() < 300 && answer.body().contains(MARK);
            boolean named = path.contains(id("runs")) || isOfId(path);
            if (gives || (named && answer.status() < 400)) {
                wrong.add(route.line() + " -> " + answer);
            }
        }
        assertTrue(calls > 35, "few calls: " + calls);
        assertEquals("", String.join("\n", wrong));
        assertEquals(before, state(), "somebody else's project was changed");
    }

    private boolean isOfId(String path) {
        return ids.values().stream().anyMatch(path::contains);
    }

    @Test
    void noBodyIsTakenThatHasAWordTooMany() {
        List<String> wrong = new ArrayList<>();
        int calls = 0;
        for (Route route : routes()) {
            boolean body = Set.of("POST", "PUT", "PATCH").contains(route.method());
            if (!body || ARCHIVES.contains(route.method() + " " + route.path())) {
                continue;
            }
            for (String word : List.of("project", "role", "epoch", "created_at", "no_such_word")) {
                Answer answer =
                        root.call(
                                route.method(),
                                filled(route, "sales"),
                                Map.of(word, List.of(1)),
                                "*");
                calls++;
                if (answer.status() < 400 && !isWithoutBody(route)) {
                    wrong.add(route.line() + " took '" + word + "': " + answer);
                }
            }
        }
        assertTrue(calls > 100, "few calls: " + calls);
        assertEquals("", String.join("\n", wrong));
    }

    /// Routes that read no body take none, whatever is in it.
    private static boolean isWithoutBody(Route route) {
        return route.path().endsWith("/lock") || route.path().endsWith("/cancel");
    }

    /// Nobody who may not read an id may find out by it whether there is such a thing.
    @Test
    void whatIsThereElsewhereAnswersAsWhatIsNowhere() {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, String> one : ids.entrySet()) {
            String path = "/api/projects/stock/" + one.getKey() + "/";
            String silence = one.getKey().equals("incidents") ? "/silence" : "";
            String method = silence.isEmpty() ? "GET" : "POST";
            Object body = silence.isEmpty() ? null : Map.of("minutes", 5);
            String nowhere = one.getValue().replaceAll("[0-9a-f]", "0");
            Answer there = neighbour.call(method, path + one.getValue() + silence, body, null);
            Answer none = neighbour.call(method, path + nowhere + silence, body, null);
            boolean same =
                    there.status() == none.status()
                            && there.body()
                                    .replace(one.getValue(), "")
                                    .equals(none.body().replace(nowhere, ""));
            if (there.status() != 404 || !same) {
                wrong.add(path + ": " + there + " / " + none);
            }
        }
        assertEquals("", String.join("\n", wrong));
    }
}
