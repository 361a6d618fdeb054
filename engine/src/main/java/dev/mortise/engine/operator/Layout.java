package dev.mortise.engine.operator;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where each column of a map comes from. Columns that go through are handed on as they are, or
/// gathered when rows were left out; only computed ones have been to DuckDB.
///
/// @param picks one for each field
record Layout(Schema schema, List<Pick> picks) {
    sealed interface Pick {}

    /// The column at a place of the arriving batch.
    record Arriving(int place) implements Pick {}

    record Constant(Literal literal) implements Pick {}

    /// The result of a formula.
    record Computed(int formula) implements Pick {}

    Layout {
        picks = List.copyOf(picks);
    }

    boolean computes() {
        return picks.stream().anyMatch(pick -> pick instanceof Computed);
    }

    private Batch arrange(Batch batch, Computation.@Nullable Result result) {
        int rows = result == null ? batch.rows() : result.count();
        Column[] columns = new Column[picks.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] =
                    switch (picks.get(i)) {
                        case Arriving(int place) -> gathered(batch, place, result);
                        case Constant(Literal literal) -> literal.column(rows);
                        case Computed(int formula) -> computed(result, formula);
                    };
        }
        return new Batch(schema, columns, rows);
    }

    private static Column gathered(Batch batch, int place, Computation.@Nullable Result result) {
        Column column = batch.column(place);
        return result == null || result.count() == batch.rows()
                ? column
                : column.select(result.rows(), result.count());
    }

    private static Column computed(Computation.@Nullable Result result, int formula) {
        if (result == null) {
            throw new IllegalStateException("nothing was computed for formula " + formula);
        }
        return result.column(formula);
    }

    /// A map without formulas.
    RowOperator arranging() {
        return new RowOperator() {
            @Override
            public Schema schema() {
                return Layout.this.schema;
            }

            @Override
            public Batch apply(Batch batch, Rejects rejects) {
                return arrange(batch, null);
            }
        };
    }

    /// A map with formulas, or a filter.
    RowOperator computing(Computation computation) {
        return new RowOperator() {
            @Override
            public Schema schema() {
                return Layout.this.schema;
            }

            @Override
            public @Nullable Batch apply(Batch batch, Rejects rejects) {
                Computation.Result result = computation.apply(batch, rejects);
                return result.count() == 0 ? null : arrange(batch, result);
            }

            @Override
            public void close() {
                computation.close();
            }
        };
    }
}
