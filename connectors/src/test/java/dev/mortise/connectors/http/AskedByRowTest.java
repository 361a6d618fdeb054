package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.connect.Callee;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import dev.mortise.testkit.live.ScriptedApi.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Calls with the values of a row, and what they give back.
@Tag("live")
final class AskedByRowTest {
    private final ScriptedApi api = ScriptedApi.start();

    @AfterEach
    void stop() {
        api.close();
    }

    private static List<List<String>> call(Fixture fixture, Map<String, String> values) {
        try (HttpConnector connector = fixture.open()) {
            return Rows.texts(List.of(connector.call("orders", values, 10)));
        }
    }

    private Fixture saving(Map<String, ?> headers) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("method", "POST");
        words.put("path", "/orders");
        words.put("params", Map.of("lang", "en"));
        words.put("headers", headers);
        words.put("given", List.of("no", "amount"));
        words.put("body", Map.of("no", "{no}", "sum", "{amount}"));
        words.put("columns", Map.of("id", "int64"));
        return new Fixture(api.url()).orders(words);
    }

    @Test
    void keepsTheIdThatAWriteWasAnsweredWith() {
        api.on("/orders", _ -> Reply.json("{\"id\":901}"));
        Map<String, String> row = Map.of("no", "SO1", "amount", "1.50");
        assertEquals(List.of(List.of("901")), call(saving(Map.of()), row));
        Request request = api.requests().getFirst();
        assertEquals(Map.of("lang", "en"), request.query());
        assertTrue(request.body().contains("\"sum\":1.50"), request.body());
        assertTrue(request.body().contains("\"no\":\"SO1\""), request.body());
    }

    @Test
    void repeatsAWriteOnlyWithAKeyOfTheRow() {
        AtomicInteger calls = new AtomicInteger();
        api.on(
                "/orders",
                _ ->
                        calls.getAndIncrement() % 2 == 0
                                ? Reply.status(502, "{}")
                                : Reply.json("{\"id\":1}"));
        Map<String, String> row = Map.of("no", "SO1", "amount", "2");
        assertThrows(ProblemException.class, () -> call(saving(Map.of()), row));
        assertEquals(1, calls.get());
        calls.set(0);
        Fixture keyed = saving(Map.of("Idempotency-Key", "order-{no}"));
        assertEquals(List.of(List.of("1")), call(keyed, row));
        assertEquals("order-SO1", api.requests().getLast().header("Idempotency-Key"));
        try (HttpConnector connector = keyed.open()) {
            Callee callee = connector.callee("orders");
            assertEquals(List.of("no", "amount"), callee.required());
        }
    }

    /// Connections beyond those that wait for a server which takes none are left without an answer.
    private static List<SocketChannel> crowd(ServerSocket deaf) throws IOException {
        List<SocketChannel> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(deaf.getLocalSocketAddress());
            waiting.add(channel);
        }
        return waiting;
    }

    @Test
    void repeatsWhatNeverLeftBecauseNobodyLetItIn() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<SocketChannel> waiting = crowd(deaf);
            Map<String, Object> words = new LinkedHashMap<>();
            words.put("method", "POST");
            words.put("path", "/orders");
            words.put("given", List.of("no"));
            words.put("body", Map.of("no", "{no}"));
            words.put("columns", Map.of("id", "int64"));
            Fixture fixture =
                    new Fixture("http://127.0.0.1:" + deaf.getLocalPort())
                            .set("connect_timeout", "100ms")
                            .orders(words);
            var problem =
                    assertThrows(ProblemException.class, () -> call(fixture, Map.of("no", "1")))
                            .problem();
            assertEquals(ProblemCode.CONNECTION_REFUSED, problem.code());
            assertTrue(problem.message().contains("within 100 ms"), problem::message);
            assertTrue(problem.fix().contains("'connect_timeout'"), problem::fix);
            assertEquals(3, fixture.time.waits.size());
            for (SocketChannel channel : waiting) {
                channel.close();
            }
        }
    }

    @Test
    void refusesARowWhoseValueNoHeaderHolds() {
        Fixture keyed = saving(Map.of("X-No", "{no}"));
        for (String no : List.of("订单", "1\r\nX: y")) {
            Map<String, String> row = Map.of("no", no, "amount", "2");
            var e = assertThrows(ProblemException.class, () -> call(keyed, row));
            assertEquals(ProblemCode.CONSTRAINT_BROKEN, e.problem().code());
        }
        assertEquals(List.of(), api.requests());
    }

    @Test
    void takesTheVersionOfARecordFromAHeader() {
        api.on("/orders/7", _ -> Reply.json("{\"id\":7}").with("ETag", "W/\"5\""));
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("id", "int64");
        columns.put("etag", Map.of("type", "text", "header", "ETag"));
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("path", "/orders/{id}");
        words.put("given", List.of("id"));
        words.put("columns", columns);
        Fixture fixture = new Fixture(api.url()).orders(words);
        assertEquals(List.of(List.of("7", "W/\"5\"")), call(fixture, Map.of("id", "7")));
        words.remove("given");
        words.put("path", "/orders");
        var problem = new Fixture(api.url()).orders(words).problems().getFirst();
        assertEquals(ProblemCode.OPTION_INVALID, problem.code());
        assertTrue(problem.message().contains("header"), problem::message);
    }
}
