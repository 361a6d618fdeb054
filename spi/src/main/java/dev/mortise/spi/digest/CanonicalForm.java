package dev.mortise.spi.digest;

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
import dev.mortise.spi.type.Type;

/// Writes a value that is not null in the form in which systems compare it.
interface CanonicalForm {
    void write(Column column, int row, CanonicalText out);

    /// The form for values of one type that are compared as another. A value that is not one of
    /// `canonical` is written as it is, and so equals none: a comparison must tell of it, not end.
    static CanonicalForm of(Type actual, Type canonical) {
        if (alike(actual, canonical)) {
            return of(canonical.storage() == actual.storage() ? canonical : actual);
        }
        CanonicalForm form = of(canonical);
        Column converted = Column.of(canonical, 1);
        return (column, row, out) -> {
            String text = Cell.text(actual, column, row);
            try {
                Cell.parse(canonical, text, converted, 0);
            } catch (ProblemException _) {
                out.put(text);
                return;
            }
            form.write(converted, 0, out);
        };
    }

    /// Whether the form of the one type fits the values of the other without converting them.
    static boolean alike(Type actual, Type canonical) {
        return actual.equals(canonical)
                || (whole(actual) && whole(canonical))
                || (real(actual) && real(canonical))
                || (actual instanceof Decimal a
                        && canonical instanceof Decimal c
                        && a.scale() == c.scale());
    }

    private static boolean whole(Type type) {
        return type == Scalar.INT8
                || type == Scalar.INT16
                || type == Scalar.INT32
                || type == Scalar.INT64;
    }

    private static boolean real(Type type) {
        return type == Scalar.FLOAT32 || type == Scalar.FLOAT64;
    }

    private static CanonicalForm of(Type type) {
        return switch (type) {
            case Decimal decimal -> decimal(decimal);
            case Scalar scalar -> scalar(scalar);
        };
    }

    private static CanonicalForm decimal(Decimal type) {
        int scale = type.scale();
        return switch (type.storage()) {
            case LONG -> (column, row, out) -> out.decimal(whole(column, row), scale);
            case WIDE, INT, DOUBLE, BYTES ->
                    (column, row, out) -> out.put(Cell.decimal(type, column, row).toPlainString());
        };
    }

    private static CanonicalForm scalar(Scalar type) {
        return switch (type) {
            case BOOL, INT8, INT16, INT32 ->
                    (column, row, out) -> out.number(((IntColumn) column).value(row));
            case INT64 -> (column, row, out) -> out.number(whole(column, row));
            case UINT64 -> (column, row, out) -> out.put(Long.toUnsignedString(whole(column, row)));
            case FLOAT32 ->
                    (column, row, out) ->
                            out.hex(Float.floatToIntBits((float) real(column, row)), 8);
            case FLOAT64 ->
                    (column, row, out) -> out.hex(Double.doubleToLongBits(real(column, row)), 16);
            case TEXT -> CanonicalForm::text;
            case BYTES -> CanonicalForm::bytes;
            case DATE -> (column, row, out) -> out.date(((IntColumn) column).value(row));
            case TIME -> (column, row, out) -> out.time(whole(column, row));
            case TIMESTAMP, TIMESTAMPTZ -> (column, row, out) -> out.timestamp(whole(column, row));
            case UUID -> CanonicalForm::uuid;
            case JSON ->
                    (column, row, out) ->
                            out.put(CanonicalJson.of(((BytesColumn) column).text(row)));
        };
    }

    private static void text(Column column, int row, CanonicalText out) {
        BytesColumn text = (BytesColumn) column;
        out.put(text.bytes(), text.start(row), text.length(row));
    }

    private static void bytes(Column column, int row, CanonicalText out) {
        BytesColumn bytes = (BytesColumn) column;
        out.hex(bytes.bytes(), bytes.start(row), bytes.length(row));
    }

    private static void uuid(Column column, int row, CanonicalText out) {
        WideColumn uuid = (WideColumn) column;
        out.uuid(uuid.high(row), uuid.low(row));
    }

    private static long whole(Column column, int row) {
        return ((LongColumn) column).value(row);
    }

    private static double real(Column column, int row) {
        return ((DoubleColumn) column).value(row);
    }
}
