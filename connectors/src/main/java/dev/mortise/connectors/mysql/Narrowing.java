package dev.mortise.connectors.mysql;

import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.util.List;
import java.util.Optional;

/// What values lose that go into a column of the target.
final class Narrowing {
    private static final Loss REJECTS =
            Loss.widening("rows with values that do not fit are set aside");
    private static final List<Scalar> WHOLE =
            List.of(Scalar.BOOL, Scalar.INT8, Scalar.INT16, Scalar.INT32, Scalar.INT64);

    private Narrowing() {}

    static Optional<Loss> loss(Type from, MySqlColumn into) {
        Loss own = nativeLoss(into);
        Loss converted = converted(from, into.type());
        Loss worse = converted.kind().compareTo(own.kind()) >= 0 ? converted : own;
        return worse.kind() == Loss.Kind.LOSSLESS ? Optional.empty() : Optional.of(worse);
    }

    /// What the column refuses of values that have its type already.
    private static Loss nativeLoss(MySqlColumn into) {
        return switch (into.dataType()) {
            case "char" ->
                    Loss.widening("rows with trailing spaces or too long text are set aside");
            case "varchar", "tinytext", "text", "varbinary", "tinyblob", "blob" ->
                    Loss.widening("rows with too long values are set aside");
            case "enum", "set", "binary", "bit", "year", "timestamp" -> REJECTS;
            case "time", "datetime" ->
                    into.digits() < 6
                            ? Loss.widening(
                                    "rows with more than %d digits of a second are set aside"
                                            .formatted(into.digits()))
                            : Loss.NONE;
            case "geometry", "point", "linestring", "polygon" ->
                    Loss.unsupported("geometries are not written");
            default -> Loss.NONE;
        };
    }

    private static Loss converted(Type from, Type into) {
        if (from.equals(into)) {
            return Loss.NONE;
        }
        if (into == Scalar.TEXT) {
            return Loss.widening("written as text");
        }
        boolean real = into == Scalar.FLOAT32 || into == Scalar.FLOAT64;
        if (real && (from instanceof Decimal || from == Scalar.INT64 || from == Scalar.UINT64)) {
            return Loss.lossy("a float keeps about 15 digits");
        }
        if (into == Scalar.FLOAT32) {
            return Loss.lossy("a float keeps about 7 digits");
        }
        if (from == Scalar.TIMESTAMPTZ && into == Scalar.TIMESTAMP) {
            return Loss.widening("written as the wall clock of UTC");
        }
        return fits(from, into) ? Loss.NONE : REJECTS;
    }

    private static boolean fits(Type from, Type into) {
        if (from instanceof Decimal a && into instanceof Decimal b) {
            return b.scale() >= a.scale() && b.precision() - b.scale() >= a.precision() - a.scale();
        }
        return WHOLE.contains(from) && WHOLE.indexOf(from) <= WHOLE.indexOf(into);
    }
}
