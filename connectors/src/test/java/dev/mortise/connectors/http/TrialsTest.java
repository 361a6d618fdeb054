package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Paths that are filled with one value after the other, of which none leads anywhere.
@Tag("live")
final class TrialsTest {
    private static final int PARENTS = 60;

    private ScriptedApi api;

    @BeforeEach
    void start() {
        api = ScriptedApi.start();
        String parents =
                IntStream.range(0, PARENTS)
                        .mapToObj("{\"id\":%d}"::formatted)
                        .collect(Collectors.joining(",", "[", "]"));
        api.on("/parents", _ -> Reply.json(parents));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Fixture children(Map<String, ?> more) {
        Map<String, Object> each = new LinkedHashMap<>(more);
        each.putAll(Map.of("resource", "parents", "field", "id", "as", "parent"));
        Map<String, Object> resources = new LinkedHashMap<>();
        resources.put("parents", Map.of("path", "/parents", "columns", Map.of("id", "text")));
        resources.put(
                "orders",
                Map.of(
                        "path",
                        "/children/{parent}",
                        "for_each",
                        each,
                        "columns",
                        Map.of("no", "text")));
        return new Fixture(api.url())
                .set("resources", resources)
                .set(
                        "errors",
                        Map.of(
                                "base",
                                "rest",
                                "rules",
                                List.of(
                                        Map.of(
                                                "when",
                                                Map.of("status", List.of(404)),
                                                "is",
                                                "empty"))));
    }

    private static Problem problem(Fixture fixture) {
        return assertThrows(ProblemException.class, fixture::read).problem();
    }

    @Test
    void endsWhenNoneOfTheFirstParentsHasAnything() {
        Problem problem = problem(children(Map.of()));
        assertEquals(ProblemCode.DATASET_MISSING, problem.code());
        assertTrue(problem.message().contains("'/children/{parent}'"), problem::message);
        assertTrue(problem.fix().contains("empties: allow"), problem::fix);
    }

    @Test
    void goesOnWhenItMay() {
        assertEquals(List.of(), children(Map.of("empties", "allow")).read());
        assertEquals(1 + PARENTS, api.requests().size());
    }

    @Test
    void takesParentsWithoutChildrenAsSuchOnceOneHasSome() {
        api.on("/children/7", _ -> Reply.json("[{\"no\":\"a\"}]"));
        assertEquals(List.of(List.of("a")), children(Map.of()).read());
        api.on("/children/7", _ -> Reply.json("[]"));
        assertEquals(List.of(), children(Map.of()).read());
    }

    @Test
    void endsWhenNoneOfTheFirstRowsIsKnown() {
        Map<String, Object> customer = new LinkedHashMap<>();
        customer.put("path", "/customers/{id}");
        customer.put("given", List.of("id"));
        customer.put("columns", Map.of("name", "text"));
        Fixture fixture = new Fixture(api.url()).orders(customer);
        try (HttpConnector connector = fixture.open()) {
            Problem problem = assertThrows(ProblemException.class, () -> ask(connector)).problem();
            assertEquals(ProblemCode.DATASET_MISSING, problem.code());
            assertTrue(problem.fix().contains("{when: {status: [404]}, is: empty}"), problem::fix);
            assertEquals(20, api.requests().size());
        }
        api.on("/customers/3", _ -> Reply.json("{\"name\":\"x\"}"));
        try (HttpConnector connector = fixture.open()) {
            ask(connector);
        }
        assertEquals(20 + PARENTS, api.requests().size());
    }

    @Test
    void knowsForADayWhichPathsHaveLedSomewhere() {
        Map<String, Object> customer = new LinkedHashMap<>();
        customer.put("path", "/customers/{id}");
        customer.put("given", List.of("id"));
        customer.put("columns", Map.of("name", "text"));
        Fixture fixture = new Fixture(api.url()).orders(customer);
        api.on("/customers/known", _ -> Reply.json("{\"name\":\"x\"}"));
        try (HttpConnector connector = fixture.open()) {
            connector.call("orders", Map.of("id", "known"), 1);
        }
        fixture.time.pass(Duration.ofHours(23));
        try (HttpConnector connector = fixture.open()) {
            ask(connector);
        }
        customer.put("path", "/costumers/{id}");
        assertEquals(ProblemCode.DATASET_MISSING, unknown(fixture.orders(customer)).code());
        customer.put("path", "/customers/{id}");
        fixture.time.pass(Duration.ofHours(2));
        assertEquals(ProblemCode.DATASET_MISSING, unknown(fixture.orders(customer)).code());
    }

    private static Problem unknown(Fixture fixture) {
        try (HttpConnector connector = fixture.open()) {
            return assertThrows(ProblemException.class, () -> ask(connector)).problem();
        }
    }

    private static void ask(HttpConnector connector) {
        for (int i = 0; i < PARENTS; i++) {
            connector.call("orders", Map.of("id", Integer.toString(i)), 1);
        }
    }
}
