package dev.mortise.engine.flow;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.ProblemCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Reads `map: {order_no: so_no, '*': keep}`.
final class MapReader {
    private static final String EXAMPLE = "map: {order_no: so_no, amount: qty * price}";
    private static final String REST = "*";

    private final Problems problems;

    MapReader(Problems problems) {
        this.problems = problems;
    }

    Step.Mapping read(String name, String from, Place place, Words words) {
        Optional<Tree.Entries> entries = words.entries("map", EXAMPLE);
        Map<String, String> columns = new LinkedHashMap<>();
        int keepAt = -1;
        if (entries.isPresent()) {
            for (Map.Entry<String, Tree> entry : entries.get().entries().entrySet()) {
                if (entry.getKey().equals(REST)) {
                    keepAt = columns.size();
                    checkKeep(name, entry.getValue());
                } else {
                    columns.put(entry.getKey(), expression(entry.getKey(), entry.getValue()));
                }
            }
        }
        return new Step.Mapping(
                name,
                from,
                columns,
                keepAt >= 0,
                Math.max(0, keepAt),
                StepReader.lossy(words),
                place);
    }

    private void checkKeep(String step, Tree value) {
        if (!(value instanceof Tree.Leaf leaf && leaf.text().equals("keep"))) {
            problems.add(
                    ProblemCode.VALUE_INVALID,
                    value.place(),
                    "'*' in the map of step '"
                            + step
                            + "' expects 'keep', got "
                            + Words.describe(value),
                    "write it like \"'*': keep\"");
        }
    }

    private String expression(String column, Tree value) {
        if (value instanceof Tree.Leaf leaf && !leaf.text().isBlank()) {
            return leaf.text().strip();
        }
        problems.add(
                ProblemCode.VALUE_INVALID,
                value.place(),
                "column '" + column + "' expects an expression, got " + Words.describe(value),
                value instanceof Tree.Leaf
                        ? "write a column's name or SQL; for an empty value \"null\" in quotes"
                        : "write a column's name or SQL in quotes");
        return "";
    }
}
