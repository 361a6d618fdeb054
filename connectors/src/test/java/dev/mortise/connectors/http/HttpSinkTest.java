package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Claim;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.problem.Fault;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import dev.mortise.testkit.live.ScriptedApi.Request;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What arrives at an API that takes rows, and what is remembered of it here.
@Tag("live")
final class HttpSinkTest {
    private static final Schema SCHEMA =
            Schema.of(
                    Field.of("id", Scalar.INT64),
                    Field.of("name", Scalar.TEXT),
                    Field.of("amount", new Decimal(18, 2)));
    private static final Range PART = new Range(0, "all");

    @TempDir private Path project = Path.of("");
    private ScriptedApi api;

    /// What the API keeps: by idempotency key, so that a repeat changes nothing.
    private final Map<String, String> kept = new ConcurrentHashMap<>();

    @BeforeEach
    void start() {
        api = ScriptedApi.start().on("/orders", this::keep);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Reply keep(Request request) {
        kept.put(request.header("Idempotency-Key"), request.body());
        return Reply.status(201, "{}");
    }

    private Fixture orders(Map<String, ?> write) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("path", "/orders");
        words.put("key", List.of("id"));
        words.put("write", write);
        return new Fixture(api.url()).orders(words).in(project);
    }

    private static Target target(WriteMode mode) {
        return new Target("flow/step", "orders", SCHEMA, mode, List.of("id"), true);
    }

    private static Batch rows(int from, int to) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int id = from; id < to; id++) {
            rows.add(Rows.row("" + id, "name " + id, id + ".50"));
        }
        return Rows.batch(SCHEMA, rows);
    }

    /// Writes one part whole.
    private static int write(Fixture fixture, WriteMode mode, Batch batch) {
        try (HttpConnector connector = fixture.open();
                Sink sink = connector.sink(target(mode))) {
            sink.claim();
            sink.begin(List.of(PART));
            int written;
            try (Lane lane = sink.lane()) {
                lane.enter(PART);
                written = lane.write(batch, fixture.rejected::add);
                lane.commit(PART, null, fixture.rejected.size());
            }
            sink.finish(null);
            return written;
        }
    }

    @Test
    void sendsOneRowACall() {
        Fixture fixture = orders(Map.of("batch", "one"));
        assertEquals(5, write(fixture, WriteMode.APPEND, rows(0, 5)));
        assertEquals(5, api.requests("/orders").size());
        assertTrue(
                kept.containsValue("{\"id\":3,\"name\":\"name 3\",\"amount\":3.50}"),
                kept::toString);
    }

    @Test
    void sendsBatchesBelowTheWrapper() {
        Fixture fixture = orders(Map.of("batch", 2, "body", "$.data.records"));
        assertEquals(3, write(fixture, WriteMode.APPEND, rows(0, 3)));
        assertEquals(2, api.requests("/orders").size());
        assertTrue(
                kept.containsValue(
                        "{\"data\":{\"records\":[{\"id\":2,\"name\":\"name 2\","
                                + "\"amount\":2.50}]}}"),
                kept::toString);
    }

    @Test
    void sendsRowsInTheFormTheApiWants() {
        write(orders(Map.of("body_as", "form")), WriteMode.APPEND, rows(1, 2));
        assertEquals("id=1&name=name+1&amount=1.50", api.requests().getLast().body());
        write(
                orders(Map.of("body_as", "xml", "batch", 2, "body", "$.orders.order")),
                WriteMode.APPEND,
                rows(1, 3));
        assertEquals(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><orders><order><id>1</id><name>name 1"
                        + "</name><amount>1.50</amount></order><order><id>2</id><name>name 2</name>"
                        + "<amount>2.50</amount></order></orders>",
                api.requests().getLast().body());
        write(orders(Map.of("body_as", "csv", "batch", 2)), WriteMode.APPEND, rows(1, 3));
        assertEquals(
                "id,name,amount\r\n1,name 1,1.50\r\n2,name 2,2.50\r\n",
                api.requests().getLast().body());
        assertEquals("text/csv; charset=utf-8", api.requests().getLast().header("content-type"));
    }

    @Test
    void saysWhichFormsCannotHoldRows() {
        List<Problem> problems = orders(Map.of("body_as", "form", "batch", 2)).problems();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.getFirst().message().contains("'body_as'"), problems::toString);
        problems = orders(Map.of("body_as", "xml")).problems();
        assertTrue(problems.getFirst().message().contains("'body'"), problems::toString);
    }

    @Test
    void sendsTheHeadersOfTheWritingCalls() {
        Fixture fixture = orders(Map.of("headers", Map.of("If-Match", "*")));
        assertEquals(1, write(fixture, WriteMode.APPEND, rows(0, 1)));
        assertEquals("*", api.requests().getFirst().header("If-Match"));
    }

    @Test
    void putsRowsAtTheirKeys() {
        api.on("/orders/", request -> Reply.status(request.path().endsWith("/1") ? 404 : 204, ""));
        Fixture fixture = orders(Map.of("method", "PUT", "path", "/orders/{id}"));
        assertEquals(2, write(fixture, WriteMode.UPSERT, rows(0, 3)));
        assertEquals(
                List.of("/orders/0", "/orders/1", "/orders/2"),
                api.requests().stream().map(Request::path).toList());
        assertEquals("PUT", api.requests().getFirst().method());
        assertEquals(ProblemCode.ROW_REFUSED, fixture.rejected.getFirst().problem().code());
    }

    @Test
    void rejectsOnlyTheBadRowsOfABatch() {
        api.on(
                "/orders",
                request ->
                        request.body().contains("\"name 7\"") || request.body().contains("name 42")
                                ? Reply.status(422, "{\"field\":\"name\",\"why\":\"taken\"}")
                                : keep(request));
        Fixture fixture = orders(Map.of("batch", 32));
        assertEquals(98, write(fixture, WriteMode.APPEND, rows(0, 100)));
        assertEquals(2, fixture.rejected.size());
        var rejected = fixture.rejected.getFirst();
        assertEquals(Fault.ROW, rejected.problem().fault());
        assertEquals("name", rejected.column());
        assertTrue(rejected.row().contains("\"id\":\"7\""), rejected::row);
        assertTrue(rejected.problem().message().contains("taken"), rejected::toString);
    }

    @Test
    void sendsARowAgainUnderItsKeyAfterALostAnswer() {
        api.on(
                "/orders",
                request -> {
                    boolean first = !kept.containsKey(request.header("Idempotency-Key"));
                    Reply reply = keep(request);
                    return first ? Reply.hangUp() : reply;
                });
        Fixture fixture = orders(Map.of());
        assertEquals(20, write(fixture, WriteMode.APPEND, rows(0, 20)));
        assertEquals(20, kept.size());
        assertEquals(40, api.requests().size());
    }

    @Test
    void doesNotRepeatAPostThatHasNoKey() {
        api.on("/orders", _ -> Reply.status(500, "{}"));
        Fixture fixture = orders(Map.of("idempotency", "false"));
        var thrown =
                assertThrows(
                        ProblemException.class, () -> write(fixture, WriteMode.APPEND, rows(0, 1)));
        assertEquals(Fault.TRANSIENT, thrown.problem().fault());
        assertEquals(1, api.requests().size());
        assertEquals(List.of(), fixture.rejected);
    }

    @Test
    void sendsEqualRowsUnderDifferentKeys() {
        Batch twice = Rows.batch(SCHEMA, Rows.row("1", "a", null), Rows.row("1", "a", null));
        write(orders(Map.of()), WriteMode.APPEND, twice);
        assertEquals(2, kept.size());
        write(orders(Map.of()), WriteMode.APPEND, twice);
        assertEquals(4, kept.size());
    }

    @Test
    void resumesAnUnfinishedPartUnderTheSameKeys() {
        Fixture fixture = orders(Map.of());
        Range second = new Range(1, "b");
        try (HttpConnector connector = fixture.open();
                Sink sink = connector.sink(target(WriteMode.APPEND))) {
            sink.claim();
            sink.begin(List.of(PART, second));
            Lane lane = sink.lane();
            lane.enter(PART);
            lane.write(rows(0, 10), fixture.rejected::add);
            lane.commit(PART, null, 0);
            lane.enter(second);
            lane.write(rows(10, 15), fixture.rejected::add);
            lane.abort();
        }
        assertEquals(15, kept.size());
        try (HttpConnector connector = fixture.open();
                Sink sink = connector.sink(target(WriteMode.APPEND))) {
            Claim claim = sink.claim();
            assertEquals(2, claim.epoch());
            assertTrue(claim.parts().get(0).done());
            assertEquals(10, claim.parts().get(0).rowsWritten());
            assertEquals(second, claim.parts().get(1).range());
            Lane lane = sink.lane();
            lane.enter(second);
            assertEquals(10, lane.write(rows(10, 20), fixture.rejected::add));
            lane.commit(second, null, 0);
            sink.finish("cursor");
        }
        assertEquals(20, kept.size());
        try (HttpConnector connector = fixture.open();
                Sink sink = connector.sink(target(WriteMode.APPEND))) {
            Claim claim = sink.claim();
            assertEquals(List.of(), claim.parts());
            assertEquals(Optional.of("cursor"), claim.cursor());
        }
    }

    @Test
    void fencesTheRunThatWasTakenOver() {
        Fixture fixture = orders(Map.of());
        try (HttpConnector connector = fixture.open();
                Sink old = connector.sink(target(WriteMode.APPEND));
                Sink young = connector.sink(target(WriteMode.APPEND))) {
            old.claim();
            old.begin(List.of(PART));
            Lane lane = old.lane();
            young.claim();
            var thrown =
                    assertThrows(
                            ProblemException.class,
                            () -> lane.write(rows(0, 1), fixture.rejected::add));
            assertEquals(ProblemCode.FENCED, thrown.problem().code());
            assertThrows(ProblemException.class, () -> lane.commit(PART, null, 0));
        }
        assertEquals(0, kept.size());
    }

    @Test
    void saysWhichModesAnApiCannotDo() {
        assertEquals(List.of(), problems(Map.of(), WriteMode.APPEND));
        assertEquals(List.of(), problems(Map.of("upserts", "true"), WriteMode.UPSERT));
        for (WriteMode mode : List.of(WriteMode.UPSERT, WriteMode.REPLACE, WriteMode.MIRROR)) {
            List<Problem> problems = problems(Map.of(), mode);
            assertEquals(ProblemCode.MODE_UNSUPPORTED, problems.getFirst().code());
            assertTrue(problems.getFirst().fix().length() > 10, problems::toString);
        }
        List<Problem> problems =
                problems(Map.of("path", "/orders/{idd}", "method", "PUT"), WriteMode.UPSERT);
        assertEquals("did you mean 'id'?", problems.getFirst().fix());
    }

    private List<Problem> problems(Map<String, ?> write, WriteMode mode) {
        try (HttpConnector connector = orders(write).open();
                Sink sink = connector.sink(target(mode))) {
            return sink.plan().problems();
        }
    }
}
