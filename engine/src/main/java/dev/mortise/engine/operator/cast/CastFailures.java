package dev.mortise.engine.operator.cast;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import java.util.Map;
import java.util.TreeMap;

/// The rows of a batch that cannot be converted, each with the first reason.
public final class CastFailures {
    private record Failure(Problem problem, String column) {}

    private final Map<Integer, Failure> rows = new TreeMap<>();
    private Field column = Field.of("", Scalar.TEXT);

    /// Tells which column the next failures are about.
    public void column(Field field) {
        column = field;
    }

    void outOfRange(int row, String value) {
        add(
                row,
                Problem.of(
                        ProblemCode.VALUE_OUT_OF_RANGE,
                        "'" + value + "' does not fit " + column.type().text() + " exactly",
                        "round it in a map step, or widen the column"));
    }

    void add(int row, Problem problem) {
        String message = "column '" + column.name() + "': " + problem.message();
        rows.putIfAbsent(
                row,
                new Failure(
                        new Problem(problem.code(), message, problem.place(), problem.fix()),
                        column.name()));
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    public boolean contains(int row) {
        return rows.containsKey(row);
    }

    public void reject(Batch batch, Rejects rejects) {
        rows.forEach(
                (row, failure) ->
                        rejects.reject(
                                new RejectedRow(
                                        failure.problem, failure.column, RowJson.of(batch, row))));
    }
}
