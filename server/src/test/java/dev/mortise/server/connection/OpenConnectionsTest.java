package dev.mortise.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.mortise.engine.flow.Documents;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.flow.Surroundings;
import dev.mortise.engine.plan.Connections;
import dev.mortise.spi.connect.Connector;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenConnectionsTest {
    private final OpenConnections open = new OpenConnections();

    @AfterEach
    void close() {
        open.close();
    }

    private static Project project(String store) {
        String text = "connection: a\ntype: memory\nstore: " + store + "\n";
        return Project.of(
                Documents.of(Map.of("connections/a.yaml", text)),
                Path.of("."),
                Surroundings.of(Map.of("STORE", store), Map.of()));
    }

    private Connector use(String project, String store) {
        try (Connections connections = open.of(project, project(store))) {
            return connections.connector("a");
        }
    }

    @Test
    void keepsAConnectorFromOneUseToTheNext() {
        assertSame(use("p", "one"), use("p", "one"));
        assertEquals(1, open.size());
    }

    @Test
    void opensAnotherForAnotherDefinitionOrProject() {
        Connector first = use("p", "one");
        assertNotSame(first, use("p", "two"));
        assertNotSame(first, use("q", "one"));
        assertEquals(3, open.size());
    }

    @Test
    void closesWhatNobodyUsesAndNothingElse() {
        use("p", "one");
        try (Connections connections = open.of("p", project("two"))) {
            connections.connector("a");
            open.closeIdle(0);
            assertEquals(1, open.size());
        }
        open.closeIdle(0);
        assertEquals(0, open.size());
    }
}
