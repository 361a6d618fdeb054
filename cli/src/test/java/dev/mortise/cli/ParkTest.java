package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.connectors.memory.MemoryStore;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run that may read only so many pages leaves what it read, and the next one goes on behind it.
class ParkTest {
    private static final int PAGES = 8;
    private static final int ROWS = 50;

    private final ScriptedApi api = ScriptedApi.start();
    private final ProjectFolder project;
    private final MemoryStore store;

    ParkTest(@TempDir Path folder) throws IOException {
        String test = folder.getFileName().toString();
        store = MemoryStore.named("db" + test);
        project =
                new ProjectFolder(folder)
                        .connection("db", "type: memory\nstore: db" + test + "\n")
                        .connection(
                                "shop",
                                """
                                type: http
                                base_url: %s
                                reach: private
                                resources:
                                  orders:
                                    path: /orders
                                    paging: {kind: page, size: %d, pages_max: 3}
                                    columns: {id: int64}
                                    key: [id]
                                """
                                        .formatted(api.url(), ROWS));
        project.flow(
                "orders",
                """
                steps:
                  rows: {read: shop.orders}
                  out: {from: rows, write: db.orders, mode: append}
                """);
        api.on("/orders", request -> page(request.number("page", 1)));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static Reply page(int number) {
        return Reply.json(
                IntStream.range(0, number > PAGES ? 0 : ROWS)
                        .mapToObj(i -> "{\"id\":" + (number * ROWS + i) + "}")
                        .collect(Collectors.joining(",", "[", "]")));
    }

    @Test
    void goesOnBehindThePagesItWasAllowed() throws IOException {
        Ended first = project.call(Map.of(), "run", "orders", "--json");
        assertEquals("PAGES_EXCEEDED", first.problemCode(), first.toString());
        assertEquals(3 * ROWS, rows().size());
        Ended last = first;
        for (int run = 0; run < PAGES && last.code() != 0; run++) {
            last = project.call(Map.of(), "run", "orders", "--json");
        }
        assertEquals(0, last.code(), last.toString());
        List<List<@Nullable String>> rows = rows();
        assertEquals(PAGES * ROWS, rows.size());
        assertEquals(
                PAGES * ROWS, new TreeSet<>(rows.stream().map(r -> r.getFirst()).toList()).size());
        assertTrue(last.out().contains("\"resumed\":true"), last.out());
    }

    private List<List<@Nullable String>> rows() {
        return Rows.texts(store.read("orders"));
    }
}
