package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.Horizon.Sight;
import dev.mortise.connectors.mysql.MySqlTable.MySqlColumn;
import dev.mortise.connectors.mysql.RawRowCodec.RawRow;
import dev.mortise.connectors.mysql.Sql.Literals;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.Times;
import dev.mortise.spi.connect.Incremental;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Which rows an incremental scan reads and where the next one starts.
///
/// The order of the questions is the proof. For a column that is no time: the largest visible
/// value, then who is writing, then the snapshot; a writer that could still bring a value below the
/// largest is seen, or has ended and is in the snapshot. For a time: the clock, then the open
/// transactions, then the snapshot; what commits later was open then, or began later and writes
/// later times.
final class CursorWindow {
    /// Starts of transactions are known to the second, and many columns hold whole seconds.
    private static final long GRAIN_MICROS = Times.MICROS_A_SECOND;

    /// A writer draws its number some moments before its transaction is in the list.
    private static final Duration DRAWN_BEFORE = Duration.ofMillis(50);

    private final Incremental by;
    private final MySqlColumn column;
    private final Horizon horizon;
    private final @Nullable String reach;

    private CursorWindow(
            Incremental by, MySqlColumn column, Horizon horizon, @Nullable String reach) {
        this.by = by;
        this.column = column;
        this.horizon = horizon;
        this.reach = reach;
    }

    /// Asks before the snapshot, on a connection of its own.
    static CursorWindow ask(
            Connection connection, MySqlTable table, Incremental by, MySqlProblems problems)
            throws SQLException {
        MySqlColumn column = ScanSql.column(table, by.by());
        String reach = null;
        if (!time(column)) {
            reach = largest(connection, table, by, column);
            LockSupport.parkNanos(DRAWN_BEFORE.toNanos());
        }
        Horizon horizon = Horizon.ask(connection, problems);
        if (horizon.sight() != Sight.CLEAR && !(time(column) && by.lookback().isPositive())) {
            throw blind(horizon.sight()).at(table.name().table());
        }
        return new CursorWindow(by, column, horizon, reach);
    }

    private static ProblemException blind(Sight sight) {
        return sight == Sight.STALE
                ? ProblemException.of(
                        ProblemCode.TIMED_OUT,
                        "a cursor is safe only below the oldest open transaction, and the server's"
                                + " list of them was never renewed",
                        "let nobody read information_schema.innodb_trx more often than five times"
                                + " a second, or set 'lookback' longer than the longest"
                                + " transaction")
                : ProblemException.of(
                        ProblemCode.PRIVILEGE_MISSING,
                        "a cursor is safe only below the oldest open transaction, which this user"
                                + " may not see",
                        "grant process on *.* to the user, or set 'lookback' longer than the"
                                + " longest transaction");
    }

    /// The largest value the scan may reach; null when there is none.
    ///
    /// @param connection inside the snapshot
    @Nullable String largest(Connection connection, MySqlTable table) throws SQLException {
        return time(column) ? largest(connection, table, by, column) : reach;
    }

    private static @Nullable String largest(
            Connection connection, MySqlTable table, Incremental by, MySqlColumn column)
            throws SQLException {
        List<String> lower = lower(by, column);
        String sql =
                "select '', max(%s) from %s where %s"
                        .formatted(
                                Sql.name(column.name()),
                                table.name().sql(),
                                lower.isEmpty() ? "true" : lower.getFirst());
        RowReader reader = new RowReader(List.of(column));
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            row.next();
            reader.add(row.getObject(1, RawRow.class).bytes());
        }
        List<String> value = reader.lastKey(List.of(0));
        return value.isEmpty() ? null : value.getFirst();
    }

    private static boolean time(MySqlColumn column) {
        return column.type() == Scalar.TIMESTAMP || column.type() == Scalar.TIMESTAMPTZ;
    }

    /// The largest value nothing can commit below any more, or null when there is no telling.
    private @Nullable String safe(String largest) {
        if (!time(column)) {
            return horizon.writing() ? null : largest;
        }
        return text(bound(micros(largest), micros(largest)));
    }

    /// For times: what commits later lies at or above this.
    ///
    /// @param largest the largest time there is
    /// @param wanted how far one would go if nobody wrote
    private long bound(long largest, long wanted) {
        long margin =
                horizon.sight() != Sight.CLEAR
                        ? by.lookback().toNanos() / 1_000
                        : (horizon.oldestAge() + 1) * Times.MICROS_A_SECOND + GRAIN_MICROS;
        long bound = wanted;
        for (long clock : clocks()) {
            // Written lately by this clock, so that more of the same time may follow.
            boolean lately = largest > clock - margin && largest <= clock + GRAIN_MICROS;
            if (lately || largest > latest()) {
                bound = Math.min(bound, clock - margin);
            }
        }
        return bound;
    }

    /// Whoever writes wall clocks does so in the server's zone, or in UTC: nobody knows which.
    private long[] clocks() {
        long utc = horizon.nowUtc();
        return column.type() == Scalar.TIMESTAMPTZ || horizon.zone() == 0
                ? new long[] {utc}
                : new long[] {utc, utc + horizon.zone()};
    }

    private long latest() {
        return Arrays.stream(clocks()).max().orElseThrow() + GRAIN_MICROS;
    }

    private long micros(String text) {
        return micros(column, text);
    }

    private static long micros(MySqlColumn column, String text) {
        LongColumn parsed = new LongColumn(1);
        Cell.parse(column.type(), text, parsed, 0);
        return parsed.value(0);
    }

    private String text(long micros) {
        return text(column, micros);
    }

    private static String text(MySqlColumn column, long micros) {
        LongColumn values = new LongColumn(1);
        values.set(0, micros);
        return Cell.text(column.type(), values, 0);
    }

    /// The condition below which the next run must not miss a row.
    private static List<String> lower(Incremental by, MySqlColumn column) {
        return by.after()
                .map(after -> time(column) ? text(column, lower(by, column, after)) : after)
                .map(low -> Sql.name(column.name()) + " >= " + literal(column, low))
                .map(List::of)
                .orElse(List.of());
    }

    private static long lower(Incremental by, MySqlColumn column, String after) {
        return micros(column, after) - by.lookback().toNanos() / 1_000;
    }

    /// Conditions on the rows of this run.
    ///
    /// @param largest as [#largest] gave it
    List<String> conditions(@Nullable String largest) {
        List<String> conditions = new ArrayList<>(lower(by, column));
        if (!by.open()) {
            String end = largest == null ? null : end(largest);
            conditions.add(
                    end == null ? "false" : Sql.name(column.name()) + " < " + literal(column, end));
        }
        return conditions;
    }

    /// Where a window ends that must not be read twice: the next one starts there.
    private @Nullable String end(String largest) {
        if (time(column)) {
            long seen = micros(largest);
            return text(bound(seen, seen + 1));
        }
        if (horizon.writing()) {
            return null;
        }
        return whole(column) ? new BigInteger(largest).add(BigInteger.ONE).toString() : largest;
    }

    /// A whole number may be one more than its column could hold.
    private static String literal(MySqlColumn column, String text) {
        return whole(column)
                ? new BigInteger(text).toString()
                : Literals.literal(column.type(), text);
    }

    private static boolean whole(MySqlColumn column) {
        return switch (column.type()) {
            case Scalar.INT8, Scalar.INT16, Scalar.INT32, Scalar.INT64, Scalar.UINT64 -> true;
            case Scalar _, Decimal _ -> false;
        };
    }

    /// Where the next run starts; empty when this one saw nothing or may not move on.
    Optional<String> cursor(@Nullable String largest) {
        if (largest == null) {
            return Optional.empty();
        }
        String next = by.open() ? safe(largest) : end(largest);
        boolean back =
                next != null
                        && time(column)
                        && by.after().isPresent()
                        && micros(next) < micros(by.after().get());
        return back ? by.after() : Optional.ofNullable(next);
    }
}
