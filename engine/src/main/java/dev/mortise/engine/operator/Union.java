package dev.mortise.engine.operator;

import dev.mortise.engine.flow.Step;
import dev.mortise.engine.operator.cast.Widening;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All rows of several inputs, one input after the other. Columns are matched by name in the order
/// of the first input; where their types differ they become the narrowest type that holds both.
record Union(Step.Union step, Map<String, Schema> inputs) {

    Planned<Query> plan() {
        List<Problem> problems = new ArrayList<>();
        Schema first = input(step.inputs().getFirst());
        List<Field> fields = new ArrayList<>(first.fields());
        for (String name : step.inputs()) {
            Schema schema = input(name);
            for (int i = 0; i < fields.size(); i++) {
                fields.set(i, widened(fields.get(i), name, schema, problems));
            }
            for (String column : schema.names()) {
                if (!first.has(column)) {
                    problems.add(missing(column, step.inputs().getFirst(), first));
                }
            }
        }
        Schema schema = new Schema(fields);
        List<Problem> placed = problems.stream().map(p -> p.at(step.place().toString())).toList();
        return new Planned<>(
                schema,
                placed,
                () -> (given, rejects) -> new Concatenation(schema, given, rejects));
    }

    private Schema input(String name) {
        Schema schema = inputs.get(name);
        if (schema == null) {
            throw new IllegalArgumentException("no input is called " + name);
        }
        return schema;
    }

    private static Field widened(Field field, String name, Schema schema, List<Problem> problems) {
        Optional<Field> other = schema.find(field.name());
        if (other.isEmpty()) {
            problems.add(missing(field.name(), name, schema));
            return field;
        }
        Optional<Type> wide = Widening.of(field.type(), other.get().type());
        if (wide.isEmpty()) {
            problems.add(
                    Problem.of(
                            ProblemCode.TYPE_MISMATCH,
                            "column '%s': expected %s, got %s from '%s'"
                                    .formatted(
                                            field.name(),
                                            field.type().text(),
                                            other.get().type().text(),
                                            name),
                            "convert one of them in a map step before"));
            return field;
        }
        boolean nullable = field.nullable() || other.get().nullable();
        Field typed = wide.get().equals(field.type()) ? field : field.typed(wide.get());
        return new Field(
                typed.name(),
                typed.type(),
                nullable,
                typed.nativeType(),
                typed.comment(),
                typed.loss());
    }

    private static Problem missing(String column, String input, Schema schema) {
        return Problem.of(
                ProblemCode.COLUMN_MISSING,
                "a union needs the same columns; '" + input + "' has no '" + column + "'",
                Nearest.fix(column, schema.names()));
    }

    /// The inputs one after the other; only one is open at a time.
    private final class Concatenation implements Source {
        private final Schema schema;
        private final Map<String, Supplier<Source>> openers = new LinkedHashMap<>();
        private final Rejects rejects;
        private final Iterator<String> names;
        private @Nullable Source source;
        private @Nullable RowOperator cast;
        private List<Integer> places = List.of();

        Concatenation(Schema schema, Map<String, Supplier<Source>> given, Rejects rejects) {
            this.rejects = rejects;
            this.schema = schema;
            this.names = step.inputs().iterator();
            openers.putAll(given);
        }

        @Override
        public @Nullable Batch next() {
            while (source != null || names.hasNext()) {
                if (source == null) {
                    open(names.next());
                }
                Batch batch = source == null ? null : source.next();
                Batch widened = batch == null ? null : widened(batch);
                if (widened != null) {
                    return widened;
                }
                if (batch == null) {
                    close();
                }
            }
            return null;
        }

        private void open(String name) {
            Supplier<Source> opener = openers.get(name);
            if (opener == null) {
                throw new IllegalArgumentException("no rows for input " + name);
            }
            Schema input = input(name);
            places = schema.names().stream().map(input::indexOf).toList();
            cast = Cast.between(input.project(schema.names()), schema).orElse(null);
            source = opener.get();
        }

        private @Nullable Batch widened(Batch batch) {
            Column[] columns = new Column[places.size()];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = batch.column(places.get(i));
            }
            Schema projected = batch.schema().project(schema.names());
            Batch ordered = new Batch(projected, columns, batch.rows());
            return cast == null ? ordered.as(schema) : cast.apply(ordered, rejects);
        }

        @Override
        public void close() {
            Source open = source;
            source = null;
            if (open != null) {
                open.close();
            }
        }
    }
}
