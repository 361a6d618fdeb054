package dev.mortise.engine.operator;

import dev.mortise.engine.flow.Step;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Plans one map step: decides for every output column whether it is taken, constant or computed.
final class MapPlan implements AutoCloseable {
    private static final Pattern BARE = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]|\"\")+)\"");

    private final Database database;
    private final Step.Mapping step;
    private final Schema input;
    private final String place;
    private final List<Field> fields = new ArrayList<>();
    private final List<Layout.Pick> picks = new ArrayList<>();
    private final List<Program.Formula> formulas = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private @Nullable Planner planner;

    MapPlan(Database database, Step.Mapping step, Schema input) {
        this.database = database;
        this.step = step;
        this.input = input;
        this.place = step.place().toString();
    }

    Planned<RowOperator> plan() {
        int entry = 0;
        for (Map.Entry<String, String> column : step.columns().entrySet()) {
            if (step.keep() && entry++ == step.keepAt()) {
                keepOthers();
            }
            plan(column.getKey(), column.getValue());
        }
        if (step.keep() && step.keepAt() >= step.columns().size()) {
            keepOthers();
        }
        Layout layout = new Layout(new Schema(fields), picks);
        Program program = new Program(step.from(), formulas, Optional.empty(), place);
        return new Planned<>(
                layout.schema(),
                problems,
                () ->
                        layout.computes()
                                ? layout.computing(new Computation(database, input, program))
                                : layout.arranging());
    }

    /// The columns not named: neither as an output, nor taken as they are by one.
    private void keepOthers() {
        Set<Integer> renamed = new HashSet<>();
        step.columns().values().forEach(sql -> place(sql).ifPresent(renamed::add));
        for (int i = 0; i < input.size(); i++) {
            String name = input.field(i).name();
            if (!step.columns().containsKey(name) && !renamed.contains(i)) {
                add(input.field(i), new Layout.Arriving(i));
            }
        }
    }

    private void plan(String name, String sql) {
        Optional<Integer> arriving = place(sql);
        if (arriving.isPresent()) {
            Field field = input.field(arriving.get()).named(name);
            add(field, new Layout.Arriving(arriving.get()));
            return;
        }
        Optional<Literal> literal = Literal.of(sql);
        if (literal.isPresent()) {
            Field field = Field.required(name, literal.get().type());
            add(field, new Layout.Constant(literal.get()));
            return;
        }
        compute(name, sql);
    }

    private void compute(String name, String sql) {
        if (planner == null) {
            planner = new Planner(database, input, step.from(), place);
        }
        planner.type(sql, "column '" + name + "': ", problems)
                .ifPresent(result -> add(name, sql, result));
    }

    private void add(String name, String sql, ResultType result) {
        Field field = allowed(result.field(name));
        add(field, new Layout.Computed(formulas.size()));
        formulas.add(new Program.Formula(sql, result, field));
    }

    private Field allowed(Field field) {
        if (!field.loss().refused()) {
            return field;
        }
        if (!step.lossy().contains(field.name())) {
            problems.add(
                    Problem.of(
                                    ProblemCode.TYPE_LOSSY,
                                    "column '" + field.name() + "': " + field.loss().reason(),
                                    "cast it, or allow the loss for the column")
                            .at(place));
        }
        return new Field(field.name(), field.type(), true, null, null, Loss.NONE);
    }

    private void add(Field field, Layout.Pick pick) {
        if (taken.add(field.name())) {
            fields.add(field);
            picks.add(pick);
            return;
        }
        problems.add(
                Problem.of(
                                ProblemCode.COLUMN_TAKEN,
                                "two columns are called '" + field.name() + "'",
                                "rename one of them")
                        .at(place));
    }

    /// The arriving column that an expression merely names, whole.
    private Optional<Integer> place(String sql) {
        String text = sql.strip();
        Matcher quoted = QUOTED.matcher(text);
        if (quoted.matches()) {
            return place(quoted.group(1).replace("\"\"", "\""), input);
        }
        return BARE.matcher(text).matches() ? place(text, input) : Optional.empty();
    }

    private static Optional<Integer> place(String name, Schema input) {
        if (input.has(name)) {
            return Optional.of(input.indexOf(name));
        }
        String folded = name.toLowerCase(Locale.ROOT);
        int found = -1;
        for (int i = 0; i < input.size(); i++) {
            if (input.field(i).name().toLowerCase(Locale.ROOT).equals(folded)) {
                if (found >= 0) {
                    return Optional.empty();
                }
                found = i;
            }
        }
        return found < 0 ? Optional.empty() : Optional.of(found);
    }

    @Override
    public void close() {
        if (planner != null) {
            planner.close();
        }
    }
}
