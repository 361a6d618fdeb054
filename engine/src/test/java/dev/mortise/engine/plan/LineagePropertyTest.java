package dev.mortise.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.connectors.memory.MemoryStore;
import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.operator.Expressions;
import dev.mortise.engine.run.TestProject;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Other values in one column of a source change only what the lineage names.
class LineagePropertyTest {
    private static final int FLOWS = 60;
    private static final int ROWS = 24;
    private static final List<String> LOOKUP = List.of("k", "v", "w");

    private final MemoryStore erp;
    private final Path folder;
    private final TestProject project;
    private int spared;
    private int changed;

    LineagePropertyTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        String store = "lineage" + folder.getFileName();
        erp = MemoryStore.named(store);
        project = new TestProject(folder).memory("erp", store).memory("crm", store + "crm");
    }

    @Test
    void otherValuesChangeOnlyWhatIsTouched() throws IOException {
        long seed = Long.getLong("mortise.seed", System.nanoTime());
        Random random = new Random(seed);
        Map<String, List<List<@Nullable String>>> tables = new LinkedHashMap<>();
        tables.put("s", values(random, RandomFlow.COLUMNS, ROWS));
        tables.put("l", values(random, LOOKUP, 5));
        tables.forEach(this::put);
        for (int i = 0; i < FLOWS; i++) {
            project.flow("f" + i, new RandomFlow(random, 4).yaml());
        }
        Project loaded = Project.load(folder, Map.of(), Map.of());
        assertEquals(List.of(), loaded.problems(), () -> "seed " + seed);
        try (Connections connections = new Connections(loaded.connections());
                Expressions expressions =
                        new Expressions(Expressions.Limits.spillingTo(folder.resolve("spill")))) {
            Lineage lineage =
                    Lineage.of(
                            loaded.flows().values(), expressions, Lineage.described(connections));
            assertEquals(List.of(), lineage.problems(), () -> "seed " + seed);
            Planner planner = new Planner(connections, expressions);
            for (Flow flow : loaded.flows().values()) {
                Pipeline pipeline = planner.plan(flow).pipelines().getFirst();
                check(flow, pipeline, lineage, new World(seed, random, tables));
            }
        }
        assertTrue(spared > FLOWS && changed > FLOWS, () -> spared + " " + changed + " " + seed);
    }

    private record World(
            long seed, Random random, Map<String, List<List<@Nullable String>>> tables) {}

    private void check(Flow flow, Pipeline pipeline, Lineage lineage, World world) {
        List<Map<String, String>> before = rows(pipeline);
        world.tables.forEach(
                (table, values) -> {
                    List<String> names = columns(table);
                    for (int i = 0; i < names.size(); i++) {
                        put(table, replaced(world.random, values, i));
                        String name = names.get(i);
                        Set<String> touched = touched(lineage, flow, table, name);
                        List<Map<String, String>> after = rows(pipeline);
                        compare(
                                spared(before, touched),
                                spared(after, touched),
                                () ->
                                        "seed %d: other values in '%s.%s' changed more than %s: %s"
                                                .formatted(
                                                        world.seed,
                                                        table,
                                                        name,
                                                        touched,
                                                        flow.definition()));
                        changed += sorted(before).equals(sorted(after)) ? 0 : 1;
                    }
                    put(table, values);
                });
    }

    private void compare(
            List<String> before, List<String> after, java.util.function.Supplier<String> message) {
        spared += before.isEmpty() || before.getFirst().equals("{}") ? 0 : 1;
        assertEquals(before, after, message);
    }

    private static Set<String> touched(Lineage lineage, Flow flow, String table, String column) {
        boolean reads = flow.definition().contains("dataset=" + table + ",");
        return !reads
                ? Set.of()
                : lineage.touched("erp", table, column).stream()
                        .filter(t -> t.flow().equals(flow.name()) && t.step().equals("w"))
                        .map(Touched::column)
                        .collect(Collectors.toSet());
    }

    /// The rows without the touched columns, in an order of their own.
    private static List<String> spared(List<Map<String, String>> rows, Set<String> touched) {
        List<Map<String, String>> left = new ArrayList<>();
        for (Map<String, String> row : rows) {
            Map<String, String> narrow = new LinkedHashMap<>(row);
            narrow.keySet().removeAll(touched);
            if (!narrow.isEmpty()) {
                left.add(narrow);
            }
        }
        return sorted(left);
    }

    private static List<String> sorted(List<Map<String, String>> rows) {
        return rows.stream().map(Map::toString).sorted().toList();
    }

    private static List<Map<String, String>> rows(Pipeline pipeline) {
        List<Map<String, String>> rows = new ArrayList<>();
        try (Source source =
                Inlet.through(pipeline, Inlet.open(pipeline.head(), _ -> {}), _ -> {})) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                for (int row = 0; row < batch.rows(); row++) {
                    rows.add(row(batch, row));
                }
            }
        }
        return rows;
    }

    private static Map<String, String> row(Batch batch, int row) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (int i = 0; i < batch.schema().size(); i++) {
            Field field = batch.field(i);
            String text =
                    batch.column(i).isNull(row)
                            ? "null"
                            : Cell.text(field.type(), batch.column(i), row);
            cells.put(field.name(), text);
        }
        return cells;
    }

    private static List<List<@Nullable String>> values(
            Random random, List<String> columns, int rows) {
        List<List<@Nullable String>> values = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            List<@Nullable String> cells = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                cells.add(value(random));
            }
            values.add(cells);
        }
        return values;
    }

    private static @Nullable String value(Random random) {
        return random.nextInt(8) == 0 ? null : Integer.toString(random.nextInt(6));
    }

    private static List<List<@Nullable String>> replaced(
            Random random, List<List<@Nullable String>> values, int column) {
        List<List<@Nullable String>> others = new ArrayList<>();
        for (List<@Nullable String> row : values) {
            List<@Nullable String> other = new ArrayList<>(row);
            other.set(column, value(random));
            others.add(other);
        }
        return others;
    }

    private static List<String> columns(String table) {
        return table.equals("s") ? RandomFlow.COLUMNS : LOOKUP;
    }

    private void put(String table, List<List<@Nullable String>> values) {
        Schema schema =
                new Schema(columns(table).stream().map(n -> Field.of(n, Scalar.INT64)).toList());
        erp.put(Dataset.of(table, schema, List.of()), List.of(Rows.batch(schema, values)));
    }
}
