package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.connectors.memory.MemoryStore;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A flow that asks a real API about each of its rows.
class CallStepTest {
    private static final Schema ORDERS =
            Schema.of(Field.required("id", Scalar.INT64), Field.of("customer", Scalar.TEXT));

    private final ScriptedApi api = ScriptedApi.start();
    private final ProjectFolder project;
    private final MemoryStore store;
    private final String test;

    CallStepTest(@TempDir Path folder) throws IOException {
        test = folder.getFileName().toString();
        store = MemoryStore.named("db" + test);
        List<Batch> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(Rows.batch(ORDERS, Rows.row(Integer.toString(i), "c" + i % 4)));
        }
        store.put(Dataset.of("orders", ORDERS, List.of("id")), rows);
        project =
                new ProjectFolder(folder)
                        .connection("db", "type: memory\nstore: db" + test + "\n")
                        .connection(
                                "crm",
                                """
                                type: http
                                base_url: %s
                                reach: private
                                retries: 0
                                resources:
                                  customer:
                                    path: /customers/{id}
                                    given: [id]
                                    columns: {name: text, level: int64}
                                """
                                        .formatted(api.url()));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Ended run(String call) throws IOException {
        project.flow(
                "orders",
                """
                steps:
                  rows: {read: db.orders}
                  known: {from: rows, call: crm.customer, with: {id: customer}, %s}
                  out: {from: known, write: db.known, mode: append}
                """
                        .formatted(call));
        return project.call(Map.of(), "run", "orders", "--json");
    }

    @Test
    void addsWhatTheApiKnowsAndAsksOnceForTheSame() throws IOException {
        for (int i = 0; i < 4; i++) {
            int level = i;
            api.on(
                    "/customers/c" + i,
                    _ -> Reply.json("{\"name\":\"客户%d\",\"level\":%d}".formatted(level, level)));
        }
        Ended ended = run("take: {customer_name: name}, concurrency: 8");
        assertEquals(0, ended.code(), ended.err());
        assertEquals(4, api.requests().size());
        List<List<@Nullable String>> rows = Rows.texts(store.read("known"));
        assertEquals(40, rows.size());
        assertTrue(rows.contains(Rows.row("5", "c1", "客户1")), rows::toString);
    }

    @Test
    void setsRefusedRowsAsideAndLetsUnknownOnesPass() throws IOException {
        api.on("/customers/c0", _ -> Reply.json("{\"name\":\"a\",\"level\":1}"));
        api.on("/customers/c1", _ -> Reply.status(404, "{}"));
        api.on("/customers/c2", _ -> Reply.status(422, "{\"message\":\"blocked\"}"));
        api.on("/customers/c3", _ -> Reply.json("[]"));
        Ended ended = run("remember: 0");
        assertEquals(3, ended.code(), ended.err());
        assertEquals(30, Rows.texts(store.read("known")).size());
        Ended dead = project.call(Map.of(), "dead", "orders", "list");
        assertTrue(dead.out().contains("blocked"), dead.out());
        Ended strict = run("absent: reject");
        assertEquals(3, strict.code(), strict.err());
    }

    /// A hole filled with nothing would ask for the list of all customers.
    @Test
    void asksNothingForARowWithoutTheValue() throws IOException {
        store.put(
                Dataset.of("orders", ORDERS, List.of("id")),
                List.of(Rows.batch(ORDERS, Rows.row("1", null), Rows.row("2", "c1"))));
        api.on("/customers/", _ -> Reply.json("[{\"name\":\"stranger\",\"level\":9}]"));
        api.on("/customers/c1", _ -> Reply.json("{\"name\":\"a\",\"level\":1}"));
        Ended ended = run("concurrency: 2");
        assertEquals(3, ended.code(), ended.err());
        List<List<@Nullable String>> rows = Rows.texts(store.read("known"));
        assertEquals(List.of(Rows.row("2", "c1", "a", "1")), rows);
    }

    @Test
    void failsAsAWholeWhenTheApiIsDown() throws IOException {
        api.close();
        Ended ended = run("concurrency: 2");
        assertEquals(1, ended.code(), ended.out());
        assertEquals(0, store.read("known").size());
    }

    @Test
    void namesEveryMistakeOfTheStep() throws IOException {
        Ended ended = run("take: {id: nam, level: level, x: level}, concurrency: 0");
        assertEquals(2, ended.code(), ended.out());
        assertTrue(ended.err().contains("concurrency"), ended.err());
        Ended planned = run("take: {id: level, x: nam}");
        assertEquals(2, planned.code(), planned.out());
        assertTrue(planned.err().contains("'nam'"), planned.err());
        assertTrue(planned.err().contains("arrives here already"), planned.err());
    }
}
