package dev.mortise.server.design;

import dev.mortise.engine.flow.Step;
import dev.mortise.engine.operator.Cast;
import dev.mortise.engine.operator.Expressions;
import dev.mortise.engine.operator.Planned;
import dev.mortise.engine.operator.RowOperator;
import dev.mortise.server.connection.Preview;
import dev.mortise.server.design.Evaluated.Value;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One expression over the rows of a step.
///
/// @param from the step's name, by which the expression may qualify columns
/// @param column what the expression fills
/// @param target the type the value is to have; null for the expression's own
record Trying(
        Expressions expressions, String from, String column, String sql, @Nullable Type target) {
    private static final Pattern TRY_CAST = Pattern.compile("(?i)\\btry_cast\\s*\\(");

    /// @param problems empty when the values are there
    record Result(List<Value> values, Optional<Type> type, List<Problem> problems) {}

    Result over(Batch rows) {
        Planned<RowOperator> planned = plan(sql, rows.schema());
        List<Problem> problems = new ArrayList<>();
        planned.problems().forEach(problem -> problems.add(placed(problem)));
        if (!problems.isEmpty()) {
            return new Result(List.of(), Optional.empty(), problems);
        }
        Field made = planned.schema().field(0);
        Type type = target == null ? made.type() : target;
        try (RowOperator operator = planned.open()) {
            Optional<RowOperator> cast =
                    Cast.between(planned.schema(), Schema.of(made.typed(type)));
            List<Value> values = new ArrayList<>();
            for (int row = 0; row < rows.rows(); row++) {
                values.add(value(operator, cast, rows.slice(row, row + 1)));
            }
            return new Result(strict(values, rows), Optional.of(type), List.of());
        } catch (ProblemException e) {
            return new Result(List.of(), Optional.of(type), List.of(placed(e.problem())));
        }
    }

    private Problem placed(Problem problem) {
        return new Problem(
                problem.code(), problem.message(), "expressions." + column, problem.fix());
    }

    private Planned<RowOperator> plan(String text, Schema schema) {
        Step.Mapping map =
                new Step.Mapping(
                        "evaluated",
                        from,
                        Map.of(column, text),
                        false,
                        0,
                        Set.of(column),
                        Place.NOWHERE);
        return expressions.map(map, schema);
    }

    private static Value value(RowOperator operator, Optional<RowOperator> cast, Batch row) {
        List<RejectedRow> rejects = new ArrayList<>();
        Batch made = operator.apply(row, rejects::add);
        if (made != null && cast.isPresent()) {
            made = cast.get().apply(made, rejects::add);
        }
        if (made == null) {
            String message = rejects.isEmpty() ? "" : rejects.getFirst().problem().message();
            return new Value(null, true, message);
        }
        boolean nothing = made.column(0).isNull(0);
        String text = nothing ? null : Cell.text(made.field(0).type(), made.column(0), 0);
        return new Value(Preview.clipped(text), false, null);
    }

    /// A `try_cast` that gives null where the strict cast fails hides a value: that is shown.
    private List<Value> strict(List<Value> values, Batch rows) {
        String strict = TRY_CAST.matcher(sql).replaceAll("cast(");
        if (strict.equals(sql)) {
            return values;
        }
        Planned<RowOperator> planned = plan(strict, rows.schema());
        if (!planned.problems().isEmpty()) {
            return values;
        }
        List<Value> told = new ArrayList<>();
        try (RowOperator operator = planned.open()) {
            for (int row = 0; row < values.size(); row++) {
                Value lenient = values.get(row);
                boolean suspect = lenient.value() == null && !lenient.failed();
                told.add(
                        suspect
                                ? value(operator, Optional.empty(), rows.slice(row, row + 1))
                                : lenient);
            }
        }
        return told;
    }
}
