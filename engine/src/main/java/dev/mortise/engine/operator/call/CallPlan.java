package dev.mortise.engine.operator.call;

import dev.mortise.engine.flow.Step;
import dev.mortise.engine.operator.Planned;
import dev.mortise.engine.operator.RowOperator;
import dev.mortise.spi.connect.Callee;
import dev.mortise.spi.connect.Calls;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Plans one call step: checks what the call is given against the arriving columns, and what is
/// taken against the answer's.
public final class CallPlan {
    /// How many answers are remembered of a call that may be repeated, unless the step says.
    private static final int REMEMBERED = 10_000;

    private final Step.Call step;
    private final Callee callee;
    private final Schema input;
    private final List<Problem> problems = new ArrayList<>();

    private CallPlan(Step.Call step, Callee callee, Schema input) {
        this.step = step;
        this.callee = callee;
        this.input = input;
    }

    /// @throws dev.mortise.spi.problem.ProblemException when the dataset cannot be called
    public static Planned<RowOperator> of(Step.Call step, Calls calls, Schema input) {
        return new CallPlan(step, calls.callee(step.dataset()), input).plan(calls);
    }

    private Planned<RowOperator> plan(Calls calls) {
        Map<String, Integer> given = given();
        List<Field> fields = new ArrayList<>(input.fields());
        List<Integer> taken = new ArrayList<>();
        taken().forEach((name, column) -> take(name, column, fields, taken));
        if (!problems.isEmpty()) {
            return Planned.refused(problems);
        }
        Schema schema = new Schema(fields);
        int remembered =
                step.remembered() >= 0 ? step.remembered() : callee.repeatable() ? REMEMBERED : 0;
        return new Planned<>(
                schema,
                problems,
                () -> new CallOperator(step, calls, new Shape(given, taken, schema), remembered));
    }

    /// @param given what the call is given, by name, as places of arriving columns
    /// @param taken places in the answer of the columns that are added, in order
    record Shape(Map<String, Integer> given, List<Integer> taken, Schema schema) {
        Shape {
            given = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(given));
            taken = List.copyOf(taken);
        }
    }

    private Map<String, Integer> given() {
        Map<String, Integer> given = new LinkedHashMap<>();
        step.values()
                .forEach(
                        (name, column) -> {
                            if (!callee.names().contains(name)) {
                                missing(
                                        ProblemCode.OPTION_UNKNOWN,
                                        "'%s.%s' takes no value '%s'"
                                                .formatted(step.connection(), step.dataset(), name),
                                        Nearest.fix(name, callee.names()));
                            } else if (!input.has(column)) {
                                missing(
                                        ProblemCode.COLUMN_MISSING,
                                        "no column '" + column + "' arrives here",
                                        Nearest.fix(column, input.names()));
                            } else {
                                given.put(name, input.indexOf(column));
                            }
                        });
        for (String name : callee.required()) {
            if (!step.values().containsKey(name)) {
                missing(
                        ProblemCode.OPTION_MISSING,
                        "'%s.%s' needs a value '%s'"
                                .formatted(step.connection(), step.dataset(), name),
                        "add 'with: {" + name + ": a_column}'");
            }
        }
        return given;
    }

    private Map<String, String> taken() {
        if (!step.taken().isEmpty()) {
            return step.taken();
        }
        Map<String, String> all = new LinkedHashMap<>();
        callee.answer().names().forEach(name -> all.put(name, name));
        return all;
    }

    private void take(String name, String column, List<Field> fields, List<Integer> taken) {
        if (!callee.answer().has(column)) {
            missing(
                    ProblemCode.COLUMN_MISSING,
                    "the answer of '%s.%s' has no column '%s'"
                            .formatted(step.connection(), step.dataset(), column),
                    Nearest.fix(column, callee.answer().names()));
            return;
        }
        Set<String> names = new HashSet<>();
        fields.forEach(field -> names.add(field.name()));
        if (!names.add(name)) {
            missing(
                    ProblemCode.COLUMN_TAKEN,
                    "a column '" + name + "' arrives here already",
                    "give it another name: 'take: {other_" + name + ": " + column + "}'");
            return;
        }
        int place = callee.answer().indexOf(column);
        Field field = callee.answer().field(place);
        fields.add(new Field(name, field.type(), true, null, field.comment(), field.loss()));
        taken.add(place);
    }

    private void missing(ProblemCode code, String message, String fix) {
        problems.add(Problem.of(code, message, fix).at(step.place().toString()));
    }
}
