package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.MySqlTable.MySqlColumn;
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which rows an incremental scan reads and where the next one starts. Asked before the snapshot:
/// whatever commits after the snapshot was open then, or began later.
final class CursorWindow {
    /// Starts of transactions are known to the second.
    private static final long GRAIN_MICROS = Times.MICROS_A_SECOND;

    private final Incremental by;
    private final MySqlColumn column;
    private final Horizon horizon;

    /// What the server was doing just before the snapshot.
    ///
    /// @param known whether the user may see other transactions
    /// @param nowUtc microseconds since 1970 of the server's clock
    /// @param zone microseconds that the server's own wall clock is ahead of UTC
    /// @param oldestAge seconds since the oldest open transaction began; -1 when none is open
    /// @param writing whether a transaction is open that has locked something
    private record Horizon(
            boolean known, long nowUtc, long zone, long oldestAge, boolean writing) {}

    private CursorWindow(Incremental by, MySqlColumn column, Horizon horizon) {
        this.by = by;
        this.column = column;
        this.horizon = horizon;
    }

    static CursorWindow ask(
            Connection connection, MySqlTable table, Incremental by, MySqlProblems problems)
            throws SQLException {
        MySqlColumn column = ScanSql.column(table, by.by());
        CursorWindow window = new CursorWindow(by, column, horizon(connection, problems));
        if (!window.horizon.known() && !(window.time() && by.lookback().isPositive())) {
            throw ProblemException.of(
                            ProblemCode.PRIVILEGE_MISSING,
                            "a cursor is safe only below the oldest open transaction, which this"
                                    + " user may not see",
                            "grant process on *.* to the user, or set 'lookback' longer than the"
                                    + " longest transaction")
                    .at(table.name().table());
        }
        return window;
    }

    private static Horizon horizon(Connection connection, MySqlProblems problems)
            throws SQLException {
        long[] clock = numbers(connection, CLOCK);
        try {
            long[] open = numbers(connection, OPEN_TRANSACTIONS);
            return new Horizon(true, clock[0], clock[1], open[0], open[1] != 0);
        } catch (SQLException e) {
            if (problems.problem(e).code() != ProblemCode.PRIVILEGE_MISSING) {
                throw e;
            }
            return new Horizon(false, clock[0], clock[1], -1, false);
        }
    }

    private static final String CLOCK =
            """
            select timestampdiff(microsecond, '1970-01-01', utc_timestamp(6)),
              timestampdiff(microsecond, utc_timestamp(6),
                convert_tz(utc_timestamp(6), '+00:00', @@global.time_zone))
            """;

    // `trx_started` is in the zone of the server's machine, so only its age is used.
    private static final String OPEN_TRANSACTIONS =
            """
            select coalesce(max(greatest(0, timestampdiff(second, trx_started,
                convert_tz(utc_timestamp(), '+00:00', 'SYSTEM')))), -1),
              coalesce(max(trx_rows_modified + trx_tables_locked + trx_rows_locked > 0), 0)
            from information_schema.innodb_trx
            where trx_mysql_thread_id <> connection_id() and trx_is_read_only = 0
            """;

    private static long[] numbers(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new long[] {row.getLong(1), row.getLong(2)};
        }
    }

    private boolean time() {
        return column.type() == Scalar.TIMESTAMP || column.type() == Scalar.TIMESTAMPTZ;
    }

    /// The largest value nothing can commit below any more, or null when there is no telling.
    private @Nullable String safe(String largest) {
        if (!time()) {
            return horizon.writing() ? null : largest;
        }
        long seen = micros(largest);
        return text(Math.min(seen, bound()));
    }

    /// For times: what commits later lies at or above this.
    private long bound() {
        boolean instant = column.type() == Scalar.TIMESTAMPTZ;
        // Wall clocks are written by the server's zone, or in UTC by an application.
        long zone = instant ? 0 : Math.min(0, horizon.zone());
        if (!horizon.known()) {
            return horizon.nowUtc() + zone - by.lookback().toNanos() / 1_000;
        }
        if (horizon.oldestAge() < 0) {
            long ahead = instant ? 0 : Math.max(0, horizon.zone());
            return horizon.nowUtc() + ahead - GRAIN_MICROS;
        }
        return horizon.nowUtc()
                + zone
                - (horizon.oldestAge() + 1) * Times.MICROS_A_SECOND
                - GRAIN_MICROS;
    }

    private long micros(String text) {
        LongColumn parsed = new LongColumn(1);
        Cell.parse(column.type(), text, parsed, 0);
        return parsed.value(0);
    }

    private String text(long micros) {
        LongColumn column1 = new LongColumn(1);
        column1.set(0, micros);
        return Cell.text(column.type(), column1, 0);
    }

    /// The condition below which the next run must not miss a row.
    List<String> lower() {
        return by.after()
                .map(after -> List.of(name() + " >= " + literal(lower(after))))
                .orElse(List.of());
    }

    /// Conditions on the rows of this run.
    ///
    /// @param largest the largest visible value in reach; null when there is none
    List<String> conditions(@Nullable String largest) {
        List<String> conditions = new ArrayList<>(lower());
        if (!by.open()) {
            String end = largest == null ? null : end(largest);
            if (largest == null || end == null) {
                conditions.add("false");
            } else if (whole()) {
                conditions.add(name() + " <= " + literal(largest));
            } else {
                conditions.add(name() + " < " + literal(end));
            }
        }
        return conditions;
    }

    /// Where a window ends that must not be read twice: the next one starts there.
    private @Nullable String end(String largest) {
        if (time()) {
            return text(bound());
        }
        if (horizon.writing()) {
            return null;
        }
        return whole() ? new BigInteger(largest).add(BigInteger.ONE).toString() : largest;
    }

    private boolean whole() {
        return switch (column.type()) {
            case Scalar.INT8, Scalar.INT16, Scalar.INT32, Scalar.INT64, Scalar.UINT64 -> true;
            case Scalar _, Decimal _ -> false;
        };
    }

    private String name() {
        return Sql.name(column.name());
    }

    private String lower(String after) {
        return time() && by.lookback().isPositive()
                ? text(micros(after) - by.lookback().toNanos() / 1_000)
                : after;
    }

    /// Where the next run starts; empty when this one saw nothing or may not move on.
    Optional<String> cursor(@Nullable String largest) {
        if (largest == null) {
            return Optional.empty();
        }
        String next = by.open() ? safe(largest) : end(largest);
        boolean back =
                next != null
                        && time()
                        && by.after().isPresent()
                        && micros(next) < micros(by.after().get());
        return back ? by.after() : Optional.ofNullable(next);
    }

    private String literal(String text) {
        return Literals.literal(column.type(), text);
    }

    /// Selects the largest value in reach.
    String largestSql(MySqlTable table) {
        return "select '', max("
                + name()
                + ") from "
                + table.name().sql()
                + " where "
                + String.join(" and ", lower().isEmpty() ? List.of("true") : lower());
    }

    MySqlColumn column() {
        return column;
    }
}
