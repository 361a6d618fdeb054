package dev.mortise.server.design;

import static java.util.Objects.requireNonNullElse;

import dev.mortise.server.connection.Preview;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rows a person gives for a step, so that nothing is read for it.
final class Pins {
    static final int ROWS_MAX = Preview.ROWS_MAX;

    private Pins() {}

    /// @param columns as in a preview
    /// @param rows canonical texts, as in a preview
    record Pin(List<Preview.Heading> columns, List<List<@Nullable String>> rows) {
        Pin {
            columns = requireNonNullElse(columns, List.of());
            rows = requireNonNullElse(rows, List.of());
        }
    }

    /// @throws ProblemsException all that is wrong with them
    static Map<String, Batch> batches(@Nullable Map<String, Pin> pins) {
        Map<String, Batch> batches = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        Map<String, Pin> given = pins == null ? Map.of() : pins;
        given.forEach((step, pin) -> batches.put(step, batch(step, orEmpty(pin), problems)));
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return batches;
    }

    private static Pin orEmpty(@Nullable Pin pin) {
        return pin == null ? new Pin(List.of(), List.of()) : pin;
    }

    private static Batch batch(String step, Pin pin, List<Problem> problems) {
        Schema schema = schema(step, pin.columns(), problems);
        if (pin.rows().size() > ROWS_MAX) {
            problems.add(
                    Problem.of(
                                    ProblemCode.LIMIT_EXCEEDED,
                                    "a step is given at most %d rows, got %d"
                                            .formatted(ROWS_MAX, pin.rows().size()),
                                    "give fewer")
                            .at("pins." + step));
            return new Batch(schema, Batch.columns(schema, 1), 0);
        }
        Column[] columns = Batch.columns(schema, Math.max(pin.rows().size(), 1));
        for (int row = 0; row < pin.rows().size(); row++) {
            fill(step, schema, columns, pin.rows().get(row), row, problems);
        }
        return new Batch(schema, columns, pin.rows().size());
    }

    private static Schema schema(
            String step, List<Preview.Heading> columns, List<Problem> problems) {
        List<Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Preview.@Nullable Heading column : columns) {
            String name = column == null ? "" : String.valueOf(column.name());
            String type = column == null ? "" : String.valueOf(column.type());
            if (!names.add(name)) {
                problems.add(invalid(step, name, "expected each column once, got it twice"));
                continue;
            }
            try {
                fields.add(Field.of(name, Type.parse(type)));
            } catch (IllegalArgumentException _) {
                problems.add(invalid(step, name, "expected a type, got '" + type + "'"));
            }
        }
        return new Schema(fields);
    }

    private static Problem invalid(String step, String column, String message) {
        return new Problem(
                ProblemCode.VALUE_INVALID,
                message,
                "pins." + step + "." + column,
                "write columns like {name: so_no, type: int64}");
    }

    private static void fill(
            String step,
            Schema schema,
            Column[] columns,
            @Nullable List<@Nullable String> row,
            int at,
            List<Problem> problems) {
        for (int i = 0; i < columns.length; i++) {
            String text = row != null && i < row.size() ? row.get(i) : null;
            if (text == null) {
                columns[i].setNull(at);
                continue;
            }
            try {
                Cell.parse(schema.field(i).type(), text, columns[i], at);
            } catch (ProblemException e) {
                problems.add(e.problem().at("pins.%s.%s".formatted(step, schema.field(i).name())));
                columns[i].setNull(at);
            }
        }
    }
}
