package dev.mortise.api.page;

import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.WideColumn;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Type;
import org.jspecify.annotations.Nullable;

/// A value that many rows have in common, ready to be copied into each of them.
final class Carried {
    private final Type type;
    private final TimeForm form;
    private Column cell;
    private boolean empty = true;
    private @Nullable Problem problem;

    Carried(Type type, TimeForm form) {
        this.type = type;
        this.form = form;
        this.cell = Column.of(type, 1);
    }

    /// @param value at a parser; null for none
    void set(@Nullable Records value) {
        cell = Column.of(type, 1);
        problem = null;
        empty =
                value == null
                        || value.parser().currentToken() == tools.jackson.core.JsonToken.VALUE_NULL;
        if (value == null || empty) {
            return;
        }
        try {
            new Cells(type, form).set(value, cell, 0);
            empty = cell.isNull(0);
        } catch (ProblemException e) {
            problem = e.problem();
        }
    }

    void set(String text) {
        cell = Column.of(type, 1);
        problem = null;
        empty = false;
        try {
            if (TimeForm.writes(type)) {
                form.set(type, text, cell, 0);
                empty = cell.isNull(0);
            } else {
                dev.mortise.spi.batch.Cell.parse(type, text, cell, 0);
            }
        } catch (ProblemException e) {
            problem = e.problem();
        }
    }

    /// Why the value is none of its type; null when it is one.
    @Nullable Problem problem() {
        return problem;
    }

    boolean empty() {
        return empty;
    }

    void copy(Column to, int row) {
        switch (to) {
            case IntColumn column -> column.set(row, ((IntColumn) cell).value(0));
            case LongColumn column -> column.set(row, ((LongColumn) cell).value(0));
            case DoubleColumn column -> column.set(row, ((DoubleColumn) cell).value(0));
            case WideColumn column -> {
                WideColumn wide = (WideColumn) cell;
                column.set(row, wide.high(0), wide.low(0));
            }
            case BytesColumn column -> {
                BytesColumn bytes = (BytesColumn) cell;
                column.set(row, bytes.bytes(), bytes.start(0), bytes.length(0));
            }
        }
    }
}
