package dev.mortise.server.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.RouteList;
import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each change that concerns access, secrets, projects and documents leaves an entry in the audit:
/// every such route is driven once, with a call that succeeds.
@Tag("live")
class AuditedRoutesTest {
    private static final List<String> CONCERNED =
            List.of(
                    "/api/session",
                    "/api/me",
                    "/api/users",
                    "/api/tokens",
                    "/api/providers",
                    "/api/vault",
                    "/api/projects/{project}/secrets",
                    "/api/projects/{project}/{kind");

    /// Where steps lie on a canvas, and who has a document open, is no change of it; a test changes
    /// nothing; the codes of a second factor need a clock, and are driven by `LoginTest`.
    private static final Set<String> LEFT_OUT =
            Set.of(
                    "PUT /layout",
                    "PUT /lock",
                    "DELETE /lock",
                    "PUT /totp",
                    "DELETE /totp",
                    "POST /test");

    private final Map<String, Supplier<Answer>> calls = new LinkedHashMap<>();

    @Test
    void everyChangeLeavesAnEntry(@TempDir Path home) {
        try (LiveServer server = LiveServer.start(home)) {
            Client setUp = server.client();
            String link = server.setupToken();
            Map<String, String> first =
                    Map.of("token", link, "name", "root", "password", LiveServer.PASSWORD);
            assertEquals(200, setUp.post("/api/setup", first).status());
            Client root = server.administrator();
            assertEquals(2, entries(root), "set up and signed in");
            list(server, root);
            for (Map.Entry<String, Supplier<Answer>> call : calls.entrySet()) {
                int before = entries(root);
                Answer answer = call.getValue().get();
                assertTrue(answer.status() < 300, call.getKey() + " " + answer);
                assertTrue(entries(root) > before, call.getKey() + " left no entry");
            }
            assertEquals(Set.of(), notDriven(server));
        }
    }

    private Set<String> notDriven(LiveServer server) {
        Set<String> missing = new TreeSet<>();
        for (RouteList.Route route : RouteList.of(server.server())) {
            String name = route.method() + " " + route.path();
            String end = route.method() + route.path().substring(route.path().lastIndexOf('/'));
            boolean isConcerned = CONCERNED.stream().anyMatch(route.path()::startsWith);
            boolean isLeftOut = LEFT_OUT.contains(end.replaceFirst("/", " /"));
            if (!route.method().equals("GET")
                    && isConcerned
                    && !isLeftOut
                    && !calls.containsKey(name)) {
                missing.add(name);
            }
        }
        return missing;
    }

    private static int entries(Client root) {
        return root.get("/api/audit?limit=1").json().findPath("seq").asInt();
    }

    private void list(LiveServer server, Client root) {
        root.post("/api/projects", Map.of("name", "sales"));
        Client ann = server.person(root, "ann", Map.of("sales", "viewer"));
        listAccess(server, root, ann);
        String secret = "/api/projects/sales/secrets/a";
        String secrets = "/api/projects/{project}/secrets/{name}";
        calls.put("PUT " + secrets, () -> root.put(secret, Map.of("value", "v"), null));
        calls.put("DELETE " + secrets, () -> root.delete(secret, null));
        calls.put("POST /api/vault/rotate", () -> root.post("/api/vault/rotate", Map.of()));
        listDocuments(root);
    }

    private void listDocuments(Client root) {
        String documents = "/api/projects/{project}/{kind:connections|flows}/{name}";
        String path = "/api/projects/sales/connections/db";
        String text = "connection: db\ntype: sqlite\npath: a.db\n";
        calls.put("PUT " + documents, () -> root.put(path, Map.of("text", text), null));
        calls.put(
                "POST " + documents + "/publish",
                () -> root.post(path + "/publish", Map.of("revision", 1)));
        calls.put(
                "POST " + documents + "/revert",
                () -> {
                    root.put(path, Map.of("text", text + "# more\n"), "\"1\"");
                    return root.post(path + "/revert", Map.of("revision", 1));
                });
        calls.put(
                "PUT " + documents + "/tags",
                () -> root.put(path + "/tags", Map.of("tags", List.of("a")), "*"));
        calls.put(
                "POST " + documents + "/rename",
                () -> root.call("POST", path + "/rename", Map.of("name", "db2"), "*"));
        calls.put("DELETE " + documents, () -> root.delete(path + "2", "*"));
    }

    private void listAccess(LiveServer server, Client root, Client ann) {
        calls.put("POST /api/session", () -> signIn(server));
        calls.put("PATCH /api/me", () -> ann.patch("/api/me", Map.of("theme", "dark")));
        calls.put(
                "POST /api/me/password",
                () ->
                        ann.post(
                                "/api/me/password",
                                Map.of("old", LiveServer.PASSWORD, "new", LiveServer.PASSWORD)));
        calls.put("POST /api/me/totp", () -> ann.post("/api/me/totp", Map.of()));
        calls.put("POST /api/tokens", () -> ann.post("/api/tokens", Map.of("name", "t")));
        calls.put(
                "DELETE /api/tokens/{id}",
                () -> ann.delete("/api/tokens/" + id(ann.get("/api/tokens")), null));
        calls.put("DELETE /api/me/sessions", () -> ann.delete("/api/me/sessions", null));
        calls.put("DELETE /api/session", () -> server.signIn("ann").delete("/api/session", null));
        calls.put(
                "POST /api/users",
                () ->
                        root.post(
                                "/api/users",
                                Map.of("name", "aaa", "password", LiveServer.PASSWORD)));
        calls.put(
                "PATCH /api/users/{id}",
                () ->
                        root.patch(
                                "/api/users/" + id(root.get("/api/users")),
                                Map.of("display_name", "A"),
                                "*"));
        calls.put(
                "DELETE /api/users/{id}",
                () -> root.delete("/api/users/" + id(root.get("/api/users")), "*"));
        Map<String, Object> ldap = Map.of("url", "ldap://127.0.0.1:1", "user_base", "dc=x");
        calls.put(
                "PUT /api/providers/{id}",
                () -> root.put("/api/providers/p", Map.of("ldap", ldap), null));
        calls.put("DELETE /api/providers/{id}", () -> root.delete("/api/providers/p", "*"));
    }

    private static Answer signIn(LiveServer server) {
        return server.client()
                .post("/api/session", Map.of("name", "ann", "password", LiveServer.PASSWORD));
    }

    /// Of the first in a list.
    private static String id(Answer list) {
        return list.json().path("items").path(0).path("id").asString();
    }
}
