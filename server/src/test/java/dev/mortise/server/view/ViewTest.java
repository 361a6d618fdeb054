package dev.mortise.server.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import java.nio.file.Path;
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

@Tag("live")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewTest {
    private static final String VIEWS = "/api/projects/sales/views";

    private LiveServer server;
    private Client root;
    private Client ann;
    private Client viewer;

    @BeforeAll
    void start(@TempDir Path home) {
        server = LiveServer.start(home);
        root = server.administrator();
        root.post("/api/projects", Map.of("name", "sales"));
        ann = server.person(root, "ann", Map.of("sales", "operator"));
        viewer = server.person(root, "bob", Map.of("sales", "viewer"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Map<String, Object> view(String list, String name, boolean shared) {
        return Map.of(
                "list",
                list,
                "name",
                name,
                "filters",
                Map.of("state", "failed", "query", "订单"),
                "shared",
                shared);
    }

    private static List<String> names(Client who, String list) {
        List<String> names = new ArrayList<>();
        who.get(VIEWS + "?list=" + list)
                .json()
                .path("items")
                .forEach(one -> names.add(one.path("name").asString()));
        return names;
    }

    private static String path(Answer made) {
        assertEquals(201, made.status(), made.body());
        return VIEWS + "/" + made.json().path("id").asString();
    }

    @Test
    void keepsAViewForItsOwner() {
        Answer made = viewer.post(VIEWS, view("runs", "mine", false));
        String path = path(made);
        assertEquals("\"1\"", made.etag());
        assertEquals("订单", viewer.get(path).json().at("/filters/query").asString());
        assertEquals(List.of("mine"), names(viewer, "runs"));
        assertEquals(List.of(), names(viewer, "flows"));
        assertFalse(names(root, "runs").contains("mine"));
        assertEquals(404, root.get(path).status(), "nobody else knows of it");
        assertEquals(404, root.delete(path, "*").status());
        assertEquals(404, root.put(path, Map.of("name", "x"), "*").status());
        assertEquals(409, viewer.post(VIEWS, view("runs", "mine", false)).status());
        assertEquals(428, viewer.put(path, Map.of("name", "other"), null).status());
        Answer changed = viewer.put(path, Map.of("name", "other"), "\"1\"");
        assertEquals("failed", changed.json().at("/filters/state").asString(), changed.body());
        assertEquals(412, viewer.put(path, Map.of("name", "third"), "\"1\"").status());
        assertEquals(403, viewer.put(path, Map.of("shared", true), "\"2\"").status());
        assertEquals(204, viewer.delete(path, "\"2\"").status());
        assertEquals(404, viewer.get(path).status());
    }

    @Test
    void sharesAViewWithTheProject() {
        String path = path(ann.post(VIEWS, view("flows", "everybody's", true)));
        assertEquals(List.of("everybody's"), names(viewer, "flows"));
        Answer seen = viewer.get(path);
        assertFalse(seen.json().path("mine").asBoolean());
        assertEquals("ann", seen.json().path("owner").asString());
        Answer refused = viewer.put(path, Map.of("name", "x"), seen.etag());
        assertEquals(403, refused.status(), refused.body());
        assertEquals(403, viewer.delete(path, "*").status());
        assertTrue(root.get(path).json().path("mine").asBoolean(), "an administrator tidies up");
        Map<String, Object> filters = new HashMap<>(Map.of("tag", "daily", "query", ""));
        filters.put("state", null);
        Answer changed = root.put(path, Map.of("filters", filters), "*");
        assertEquals("{\"tag\":\"daily\"}", changed.json().path("filters").toString());
        assertEquals(204, root.delete(path, "*").status());
        String audit = root.get("/api/audit?object=views/").body();
        for (String action : List.of("view.add", "view.save", "view.remove")) {
            assertTrue(audit.contains("\"" + action + "\""), audit);
        }
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        Map<String, Object> wrong =
                Map.of(
                        "list",
                        "people",
                        "name",
                        " ",
                        "filters",
                        Map.of("A b", "x"),
                        "shared",
                        true);
        Answer refused = viewer.post(VIEWS, wrong);
        assertEquals(4, refused.json().path("problems").size(), refused.body());
        assertEquals(422, ann.post(VIEWS, view("runs", "x".repeat(61), false)).status());
        Map<String, Object> none = Map.of("list", "runs", "name", "a", "filters", Map.of());
        assertEquals(422, ann.post(VIEWS, none).status());
    }

    @Test
    void keepsABoundedNumber() {
        for (int i = 0; i < ViewRules.VIEWS_MAX; i++) {
            path(ann.post(VIEWS, view("rejects", "v" + i, false)));
        }
        Answer refused = ann.post(VIEWS, view("rejects", "one more", false));
        assertEquals("LIMIT_EXCEEDED", refused.code(), refused.body());
        path(viewer.post(VIEWS, view("rejects", "v1", false)));
    }
}
