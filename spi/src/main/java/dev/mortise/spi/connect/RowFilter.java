package dev.mortise.spi.connect;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.WideColumn;
import dev.mortise.spi.digest.Hashing;
import dev.mortise.spi.digest.RowDigest;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.util.Arrays;
import java.util.List;

/// Applies a [Predicate] to batches, for sources whose system cannot. Text and json compare byte by
/// byte; `-0.0` equals `0.0`, and NaN equals itself and is larger than every number. Used by one
/// thread.
public final class RowFilter {
    private enum Truth {
        TRUE,
        FALSE,
        UNKNOWN;

        static Truth of(boolean value) {
            return value ? TRUE : FALSE;
        }
    }

    private interface Test {
        Truth test(Batch batch, int row);
    }

    private final Schema schema;
    private final Test test;

    /// @throws dev.mortise.spi.problem.ProblemException CAST_FAILED when a literal is none of its
    ///     column's type
    public RowFilter(Schema schema, Predicate predicate) {
        this.schema = schema;
        this.test = test(predicate);
    }

    public boolean keeps(Batch batch, int row) {
        return test.test(batch, row) == Truth.TRUE;
    }

    /// The rows of a batch that are kept.
    public Batch apply(Batch batch) {
        int[] kept = new int[batch.rows()];
        int count = 0;
        for (int i = 0; i < kept.length; i++) {
            if (keeps(batch, i)) {
                kept[count++] = i;
            }
        }
        return count == kept.length ? batch : batch.select(kept, count);
    }

    private Test test(Predicate predicate) {
        return switch (predicate) {
            case Predicate.Compare(var column, var op, var literal) -> compare(column, op, literal);
            case Predicate.In(var column, var literals) ->
                    any(
                            literals.stream()
                                    .map(text -> compare(column, Predicate.Op.EQUAL, text))
                                    .toList());
            case Predicate.IsNull(var column) -> isNull(place(column));
            case Predicate.Not(var of) -> not(test(of));
            case Predicate.And(var all) -> all(all.stream().map(this::test).toList());
            case Predicate.Or(var any) -> any(any.stream().map(this::test).toList());
            case Predicate.Buckets buckets -> buckets(buckets);
        };
    }

    private int place(String column) {
        int place = schema.indexOf(column);
        if (place < 0) {
            throw new IllegalArgumentException(
                    "no column '" + column + "' among " + schema.names());
        }
        return place;
    }

    private static Test isNull(int place) {
        return (batch, row) -> Truth.of(batch.column(place).isNull(row));
    }

    private static Test not(Test of) {
        return (batch, row) ->
                switch (of.test(batch, row)) {
                    case TRUE -> Truth.FALSE;
                    case FALSE -> Truth.TRUE;
                    case UNKNOWN -> Truth.UNKNOWN;
                };
    }

    private static Test all(List<Test> tests) {
        return (batch, row) -> fold(tests, batch, row, Truth.FALSE, Truth.TRUE);
    }

    private static Test any(List<Test> tests) {
        return (batch, row) -> fold(tests, batch, row, Truth.TRUE, Truth.FALSE);
    }

    private static Truth fold(
            List<Test> tests, Batch batch, int row, Truth decides, Truth otherwise) {
        Truth truth = otherwise;
        for (Test test : tests) {
            Truth one = test.test(batch, row);
            if (one == decides) {
                return decides;
            }
            truth = one == Truth.UNKNOWN ? one : truth;
        }
        return truth;
    }

    private Test buckets(Predicate.Buckets wanted) {
        Hashing hashing = new Hashing(List.of(), wanted.key(), wanted.count());
        RowDigest digest = new RowDigest(wanted.form(), schema, hashing);
        return (batch, row) -> Truth.of(wanted.wanted().contains(digest.bucket(batch, row)));
    }

    private Test compare(String name, Predicate.Op op, String literal) {
        int place = place(name);
        Type type = schema.field(place).type();
        Column wanted = Column.of(type, 1);
        Cell.parse(type, literal, wanted, 0);
        return (batch, row) -> {
            Column column = batch.column(place);
            return column.isNull(row)
                    ? Truth.UNKNOWN
                    : Truth.of(holds(op, order(type, column, row, wanted)));
        };
    }

    private static boolean holds(Predicate.Op op, int order) {
        return switch (op) {
            case EQUAL -> order == 0;
            case UNEQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_EQUAL -> order >= 0;
        };
    }

    private static int order(Type type, Column left, int row, Column right) {
        return switch (left) {
            case IntColumn a -> Integer.compare(a.value(row), ((IntColumn) right).value(0));
            case LongColumn a -> longs(type, a.value(row), ((LongColumn) right).value(0));
            // Adding 0.0 turns -0.0 into 0.0.
            case DoubleColumn a ->
                    Double.compare(a.value(row) + 0.0, ((DoubleColumn) right).value(0) + 0.0);
            case WideColumn a -> wides(type, a, row, (WideColumn) right);
            case BytesColumn a -> {
                BytesColumn b = (BytesColumn) right;
                yield Arrays.compareUnsigned(
                        a.bytes(),
                        a.start(row),
                        a.start(row) + a.length(row),
                        b.bytes(),
                        0,
                        b.length(0));
            }
        };
    }

    private static int longs(Type type, long left, long right) {
        return type == Scalar.UINT64
                ? Long.compareUnsigned(left, right)
                : Long.compare(left, right);
    }

    private static int wides(Type type, WideColumn left, int row, WideColumn right) {
        int high =
                type instanceof Decimal
                        ? Long.compare(left.high(row), right.high(0))
                        : Long.compareUnsigned(left.high(row), right.high(0));
        return high != 0 ? high : Long.compareUnsigned(left.low(row), right.low(0));
    }
}
