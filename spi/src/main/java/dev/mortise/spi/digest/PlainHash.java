package dev.mortise.spi.digest;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.WideColumn;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Hashes values as they lie in the columns of a batch, column after column. What is equal or
/// different in the canonical form is so here, save json that names a key twice.
final class PlainHash implements RowHash {
    private final int[] places;
    private final Type[] actual;
    private final Type[] canonical;
    private final Mixer mixer = new Mixer();
    private final JsonHash json = new JsonHash();

    PlainHash(Schema schema, List<CanonicalColumn> columns) {
        this.places = RowDigest.places(schema, columns);
        this.actual = new Type[places.length];
        this.canonical = new Type[places.length];
        for (int i = 0; i < places.length; i++) {
            actual[i] = schema.field(places[i]).type();
            canonical[i] = columns.get(i).type();
        }
    }

    @Override
    public void turnTo(Batch batch) {
        mixer.begin(batch.rows());
        for (int i = 0; i < places.length; i++) {
            if (i > 0 && i % Mixer.MARKED == 0) {
                mixer.mixMarks();
            }
            Column column = batch.column(places[i]);
            mix(i, alike(i) ? column : converted(i, column, batch.rows()), batch.rows());
        }
        mixer.mixMarks();
        mixer.end();
    }

    private boolean alike(int place) {
        return CanonicalForm.alike(actual[place], canonical[place]);
    }

    /// The values as those of the type in which they are compared. A value that is none of it is
    /// mixed as the text that it is, and marked, and so equals none.
    private Column converted(int place, Column column, int rows) {
        Column converted = Column.of(canonical[place], rows);
        for (int row = 0; row < rows; row++) {
            if (column.isNull(row)) {
                converted.setNull(row);
                continue;
            }
            String text = Cell.text(actual[place], column, row);
            try {
                Cell.parse(canonical[place], text, converted, row);
            } catch (ProblemException _) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                mixer.mix(row, bytes, 0, bytes.length);
                mixer.mark(row, place % Mixer.MARKED, true);
                converted.setNull(row);
            }
        }
        return converted;
    }

    private void mix(int place, Column column, int rows) {
        if (column.hasNulls()) {
            for (int row = 0; row < rows; row++) {
                if (column.isNull(row)) {
                    mixer.mark(row, place % Mixer.MARKED, false);
                }
            }
        }
        switch (column) {
            case IntColumn ints -> ints(ints, rows);
            case LongColumn longs when canonical[place] instanceof Decimal -> decimals(longs, rows);
            case LongColumn longs -> longs(longs, rows);
            case WideColumn wides -> wides(wides, rows);
            case DoubleColumn doubles when canonical[place] == Scalar.FLOAT32 ->
                    floats(doubles, rows);
            case DoubleColumn doubles -> doubles(doubles, rows);
            case BytesColumn documents when canonical[place] == Scalar.JSON ->
                    documents(documents, rows);
            case BytesColumn texts -> texts(texts, rows);
        }
    }

    private void ints(IntColumn column, int rows) {
        for (int row = 0; row < rows; row++) {
            if (!column.isNull(row)) {
                mixer.mix(row, column.value(row));
            }
        }
    }

    private void longs(LongColumn column, int rows) {
        for (int row = 0; row < rows; row++) {
            if (!column.isNull(row)) {
                mixer.mix(row, column.value(row));
            }
        }
    }

    /// As wide as the decimals that need two numbers, for the other side may have those.
    private void decimals(LongColumn column, int rows) {
        for (int row = 0; row < rows; row++) {
            if (!column.isNull(row)) {
                mixer.mix(row, column.value(row) >> 63);
                mixer.mix(row, column.value(row));
            }
        }
    }

    private void wides(WideColumn column, int rows) {
        for (int row = 0; row < rows; row++) {
            if (!column.isNull(row)) {
                mixer.mix(row, column.high(row));
                mixer.mix(row, column.low(row));
            }
        }
    }

    private void floats(DoubleColumn column, int rows) {
        for (int row = 0; row < rows; row++) {
            if (!column.isNull(row)) {
                mixer.mix(row, Float.floatToIntBits((float) column.value(row)));
            }
        }
    }

    private void doubles(DoubleColumn column, int rows) {
        for (int row = 0; row < rows; row++) {
            if (!column.isNull(row)) {
                mixer.mix(row, Double.doubleToLongBits(column.value(row)));
            }
        }
    }

    private void texts(BytesColumn column, int rows) {
        for (int row = 0; row < rows; row++) {
            if (!column.isNull(row)) {
                mixer.mix(row, column.bytes(), column.start(row), column.length(row));
            }
        }
    }

    private void documents(BytesColumn column, int rows) {
        for (int row = 0; row < rows; row++) {
            if (!column.isNull(row)) {
                mixer.mix(row, json.of(column.bytes(), column.start(row), column.length(row)));
            }
        }
    }

    @Override
    public long of(int row) {
        return mixer.of(row);
    }
}
