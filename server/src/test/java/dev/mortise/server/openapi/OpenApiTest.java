package dev.mortise.server.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.RouteList;
import dev.mortise.server.live.LiveServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

@Tag("live")
class OpenApiTest {
    private static final Path KEPT = Path.of("src/main/resources/dev/mortise/server/openapi.json");

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Test
    void whatIsServedDescribesEveryRoute(@TempDir Path home) throws IOException {
        try (LiveServer server = LiveServer.start(home)) {
            Description description = new Description(RouteList.router(server.server()));
            // Maps of the JDK have no order of their own; a tree sorted by name has.
            String text = JSON.writeValueAsString(sorted(JSON.valueToTree(description.document())));
            String ended = text.replace("\r\n", "\n") + "\n";
            if ("write".equals(System.getProperty("mortise.golden"))) {
                Files.writeString(KEPT, ended);
            }
            assertEquals(
                    Files.readString(KEPT),
                    ended,
                    "routes have changed: rewrite it with -Dmortise.golden=write, then run"
                            + " 'npm run client' in ui/");
            JsonNode served = server.client().get("/api/openapi.json").json();
            assertEquals(description.operations(), operations(served));
            assertUnique(served);
        }
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            var made = JSON.createObjectNode();
            node.propertyNames().stream()
                    .sorted()
                    .forEach(name -> made.set(name, sorted(node.get(name))));
            return made;
        }
        if (node.isArray()) {
            var made = JSON.createArrayNode();
            node.forEach(item -> made.add(sorted(item)));
            return made;
        }
        return node;
    }

    private static List<String> operations(JsonNode document) {
        List<String> operations = new ArrayList<>();
        JsonNode paths = document.path("paths");
        for (String path : paths.propertyNames()) {
            for (String method : paths.path(path).propertyNames()) {
                operations.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path);
            }
        }
        return operations.stream().sorted().toList();
    }

    private static void assertUnique(JsonNode document) {
        Set<String> ids = new HashSet<>();
        for (JsonNode path : document.path("paths")) {
            for (JsonNode operation : path) {
                String id = operation.path("operationId").asString();
                assertTrue(ids.add(id), "two routes are called " + id);
            }
        }
    }
}
