package dev.mortise.connectors.invoice;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The columns of a dataset and how each is filled from a row.
///
/// @param key the columns that identify a row
/// @param <R> what a row is made of
record Table<R>(String name, List<String> key, List<Rule<R>> rules) {
    static final Type AMOUNT = new Decimal(18, Money.SCALE);
    static final Type RATE = new Decimal(6, TaxRate.SCALE);

    /// Quantities and prices: issuers write up to 15 decimals, and not more than 18.
    static final Type EXACT = new Decimal(38, 18);

    /// One column.
    record Rule<R>(Field field, Put<R> put) {}

    /// Sets a row of a column.
    interface Put<R> {
        void put(R row, Column to, int at);
    }

    /// A value of a row, or null.
    interface Value<R, V> {
        @Nullable V of(R row);
    }

    Schema schema() {
        return new Schema(rules.stream().map(Rule::field).toList());
    }

    /// Fills some of the columns.
    Filler<R> filler(Schema wanted) {
        List<Put<R>> puts = new ArrayList<>();
        for (Field field : wanted.fields()) {
            puts.add(rules.get(schema().indexOf(field.name())).put());
        }
        return new Filler<>(wanted, puts);
    }

    /// @param comment what the column is called on an invoice
    static <R> Rule<R> text(String name, String comment, Value<R, String> value) {
        return rule(name, comment, Scalar.TEXT, value, (to, at, v) -> bytes(to).set(at, v));
    }

    /// A text that every row has.
    static <R> Rule<R> required(String name, String comment, Value<R, String> value) {
        Rule<R> rule = text(name, comment, value);
        Field field = new Field(name, Scalar.TEXT, false, null, comment, Loss.NONE);
        return new Rule<>(field, rule.put());
    }

    /// Minor units; NONE is null.
    static <R> Rule<R> amount(String name, String comment, Value<R, Long> value) {
        return rule(
                name,
                comment,
                AMOUNT,
                row -> known(value.of(row)),
                (to, at, v) -> ((LongColumn) to).set(at, v));
    }

    /// Ten-thousandths; NONE is null.
    static <R> Rule<R> rate(String name, String comment, Value<R, Long> value) {
        return rule(
                name,
                comment,
                RATE,
                row -> known(value.of(row)),
                (to, at, v) -> ((LongColumn) to).set(at, v));
    }

    private static @Nullable Long known(@Nullable Long value) {
        return value == null || value == Money.NONE ? null : value;
    }

    /// A number as written; null when it is none, or has more digits than [#EXACT].
    static <R> Rule<R> exact(String name, String comment, Value<R, String> value) {
        return rule(name, comment, EXACT, value, Table::setExact);
    }

    private static void setExact(Column to, int at, String text) {
        try {
            Cell.parse(EXACT, text.replace(",", ""), to, at);
        } catch (ProblemException _) {
            to.setNull(at);
        }
    }

    /// @param value microseconds since 1970
    static <R> Rule<R> instant(String name, String comment, Value<R, Long> value) {
        return rule(
                name,
                comment,
                Scalar.TIMESTAMPTZ,
                value,
                (to, at, v) -> ((LongColumn) to).set(at, v));
    }

    static <R> Rule<R> bigint(String name, String comment, Value<R, Long> value) {
        return rule(
                name, comment, Scalar.INT64, value, (to, at, v) -> ((LongColumn) to).set(at, v));
    }

    static <R> Rule<R> integer(String name, String comment, Value<R, Integer> value) {
        return rule(name, comment, Scalar.INT32, value, (to, at, v) -> ((IntColumn) to).set(at, v));
    }

    /// @param value days since 1970
    static <R> Rule<R> date(String name, String comment, Value<R, Integer> value) {
        return rule(name, comment, Scalar.DATE, value, (to, at, v) -> ((IntColumn) to).set(at, v));
    }

    static <R> Rule<R> bool(String name, String comment, Value<R, Boolean> value) {
        return rule(
                name,
                comment,
                Scalar.BOOL,
                value,
                (to, at, v) -> ((IntColumn) to).set(at, v ? 1 : 0));
    }

    private static BytesColumn bytes(Column column) {
        return (BytesColumn) column;
    }

    /// Sets a value that is not null.
    private interface Setter<V> {
        void set(Column to, int at, V value);
    }

    private static <R, V> Rule<R> rule(
            String name, String comment, Type type, Value<R, V> value, Setter<V> setter) {
        Put<R> put =
                (row, to, at) -> {
                    V found = value.of(row);
                    if (found == null) {
                        to.setNull(at);
                    } else {
                        setter.set(to, at, found);
                    }
                };
        return new Rule<>(new Field(name, type, true, null, comment, Loss.NONE), put);
    }

    /// Gathers rows into batches of at most [#ROWS_MAX] rows and about [Batch#BYTES_MAX] bytes.
    static final class Filler<R> {
        static final int ROWS_MAX = 2_048;

        /// The bytes of a batch are added up once in so many rows.
        private static final int ROWS_A_LOOK = 64;

        private final Schema schema;
        private final List<Put<R>> puts;
        private Column[] columns;
        private int rows;

        Filler(Schema schema, List<Put<R>> puts) {
            this.schema = schema;
            this.puts = List.copyOf(puts);
            this.columns = Batch.columns(schema, 0);
        }

        void add(R row) {
            if (rows == 0) {
                // The columns of the batch before belong to whoever took it.
                columns = Batch.columns(schema, ROWS_MAX);
            }
            for (int i = 0; i < columns.length; i++) {
                puts.get(i).put(row, columns[i], rows);
            }
            rows++;
        }

        boolean full() {
            return rows == ROWS_MAX || (rows % ROWS_A_LOOK == 0 && bytes() >= Batch.BYTES_MAX);
        }

        private long bytes() {
            long bytes = 0;
            for (Column column : columns) {
                bytes += column.bytes(rows);
            }
            return bytes;
        }

        /// The rows since the last batch; may be none.
        Batch take() {
            Batch batch = new Batch(schema, columns, rows);
            rows = 0;
            return batch;
        }
    }
}
