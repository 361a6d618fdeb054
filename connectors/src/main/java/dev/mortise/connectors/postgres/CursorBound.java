package dev.mortise.connectors.postgres;

import dev.mortise.spi.batch.Times;
import dev.mortise.spi.connect.Incremental;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Up to where a cursor may be moved, so that nothing that commits later lies below it.
///
/// The order of the questions is the proof: the highest value that is visible, then who is writing,
/// then the snapshot. A writer that could still bring a value below the highest had begun before
/// the second question: either it is seen there, or it ended before the snapshot and is in it.
///
/// A time column is assumed to be set to the start of the writing transaction or later (`now()`),
/// perhaps cut to whole seconds; any other column to be set while the table is locked for writing,
/// as by a sequence's default.
final class CursorBound {
    /// Many columns and applications keep whole seconds: more of the same may follow for so long.
    private static final long GRAIN_MICROS = Times.MICROS_A_SECOND;

    /// Zones differ by so much, and by nothing less.
    private static final long ZONES_APART_MICROS = 15 * 60 * Times.MICROS_A_SECOND;

    /// Every open transaction but our own reading ones: a prepared one, one whose start we may not
    /// see, and the age of the oldest other one in microseconds.
    private static final String OTHERS =
            """
            select exists (select from pg_prepared_xacts where database = current_database()),
              exists (select from pg_locks l join pg_stat_activity a on a.pid = l.pid
                where l.locktype = 'virtualxid' and a.datname = current_database()
                  and a.xact_start is null and a.state is null and a.pid <> pg_backend_pid()
                  and a.backend_type <> 'autovacuum worker'),
              (extract(epoch from clock_timestamp()) * 1000000)::bigint,
              (extract(epoch from coalesce(min(xact_start), clock_timestamp())) * 1000000)::bigint
            from pg_stat_activity
            where datname = current_database() and xact_start is not null
              and pid <> pg_backend_pid() and application_name <> '%s'
              and backend_type not in ('autovacuum worker', 'walsender')
            """
                    .formatted(PostgresSessions.READER);

    private static final String LATEST_CLOCK =
            "clock_timestamp() at time zone 'UTC' + interval '14 hours'";

    private static final String WRITERS =
            """
            select exists (select from pg_prepared_xacts where database = current_database())
              or exists (select from pg_locks l where l.relation in (
                  select relid from pg_partition_tree(%1$d) union select %1$d::oid)
                and l.mode in ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
                  'AccessExclusiveLock') and l.granted and l.pid <> pg_backend_pid())
            """;

    private final PostgresTable table;
    private final PostgresColumn by;
    private final Incremental wanted;

    CursorBound(PostgresTable table, Incremental wanted) {
        this.table = table;
        this.wanted = wanted;
        this.by =
                table.find(wanted.by())
                        .orElseThrow(
                                () ->
                                        ProblemException.of(
                                                ProblemCode.COLUMN_MISSING,
                                                "no column '%s' in '%s' to be the cursor"
                                                        .formatted(wanted.by(), table.name()),
                                                dev.mortise.spi.problem.Nearest.fix(
                                                        wanted.by(), table.columnNames())));
    }

    /// Asks, on a connection whose next transaction will be the snapshot.
    ///
    /// @return the cursor as canonical text, which is also the exclusive upper bound of a sink that
    ///     appends; empty when there is nothing to be seen, or no cursor yet and none to be had
    Optional<String> find(Connection connection) throws SQLException {
        String highest = highest(connection);
        return highest == null
                ? Optional.empty()
                : moved(connection, highest).filter(this::ahead).or(wanted::after);
    }

    private Optional<String> moved(Connection connection, String highest) throws SQLException {
        if (by.form() == Form.TIMESTAMP) {
            return time(connection, highest);
        }
        return writing(connection)
                ? Optional.empty()
                : Optional.of(wanted.open() ? highest : after(highest));
    }

    /// The highest value that the read will see. A time in the future counts as now; a wall clock
    /// that no zone on earth shows yet does not count.
    private @Nullable String highest(Connection connection) throws SQLException {
        String column = Sql.name(by.name());
        boolean instant = by.type() == Scalar.TIMESTAMPTZ;
        String max =
                instant
                        ? "least(max(%s), clock_timestamp()) at time zone 'UTC'".formatted(column)
                        : "max(%s)".formatted(column);
        String seen = wanted.after().map(a -> column + " >= " + lower(a)).orElse("true");
        String finite = by.form() == Form.TIMESTAMP ? " and isfinite(" + column + ")" : "";
        if (by.form() == Form.TIMESTAMP && !instant) {
            finite += " and " + column + " <= " + LATEST_CLOCK;
        }
        String sql =
                "select (%s)::text from %s where %s%s having count(%s) > 0"
                        .formatted(max, table.quoted(), seen, finite, column);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private Optional<String> time(Connection connection, String highest) throws SQLException {
        long max = Times.parseTimestamp(highest);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(OTHERS)) {
            row.next();
            if (row.getBoolean(1) || row.getBoolean(2)) {
                return Optional.empty();
            }
            long clock = row.getLong(3);
            long margin = clock - row.getLong(4) + GRAIN_MICROS;
            long safe = by.type() == Scalar.TIMESTAMPTZ ? clock - margin : wall(max, clock, margin);
            return Optional.of(text(Math.min(wanted.open() ? max : max + 1, safe)));
        }
    }

    /// Up to where a wall clock is safe whose zone nobody knows. If some zone shows the highest
    /// value right now, more of it may follow; if none does, all who write are beyond it already.
    private static long wall(long max, long clock, long margin) {
        if (margin + GRAIN_MICROS >= ZONES_APART_MICROS) {
            return max - margin;
        }
        long lately = Math.floorMod(max - (clock - margin), ZONES_APART_MICROS);
        return lately <= margin + GRAIN_MICROS ? max - lately : Long.MAX_VALUE;
    }

    private String text(long micros) {
        return by.type() == Scalar.TIMESTAMPTZ
                ? Times.instantText(micros)
                : Times.timestampText(micros);
    }

    /// A cursor never goes back, also when the rows it came from were deleted.
    private boolean ahead(String bound) {
        if (wanted.after().isEmpty()) {
            return true;
        }
        String after = wanted.after().get();
        return switch (by.form()) {
            case TIMESTAMP -> micros(bound) > micros(after);
            case INT2, INT4, INT8, OID, NUMERIC ->
                    new BigDecimal(bound).compareTo(new BigDecimal(after)) > 0;
            default -> bound.compareTo(after) > 0;
        };
    }

    private long micros(String text) {
        return by.type() == Scalar.TIMESTAMPTZ
                ? Times.parseInstant(text)
                : Times.parseTimestamp(text);
    }

    private boolean writing(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(WRITERS.formatted(table.oid()))) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /// The next value after one, where there is such a thing; else the value itself, so that it is
    /// read again.
    private String after(String value) {
        return switch (by.type()) {
            case Decimal(int _, int scale) ->
                    new BigDecimal(value).add(BigDecimal.ONE.movePointLeft(scale)).toPlainString();
            case Scalar scalar ->
                    switch (scalar) {
                        case INT8, INT16, INT32, INT64, UINT64 ->
                                new BigDecimal(value).add(BigDecimal.ONE).toPlainString();
                        case DATE -> Times.dateText(Times.parseDate(value));
                        case BOOL, FLOAT32, FLOAT64, TEXT, BYTES, TIME, TIMESTAMP, TIMESTAMPTZ ->
                                value;
                        case UUID, JSON -> value;
                    };
        };
    }

    /// SQL for the rows wanted.
    ///
    /// @param upper exclusive; null when the sink may see all that is visible
    String condition(@Nullable String upper) {
        String column = Sql.name(by.name());
        StringBuilder sql = new StringBuilder();
        wanted.after().ifPresent(a -> sql.append(column).append(" >= ").append(lower(a)));
        if (!wanted.open()) {
            String limit = upper == null ? wanted.after().orElse(null) : upper;
            sql.append(sql.isEmpty() ? "" : " and ");
            // Without any bound nothing may be read yet; nulls never move, so only once.
            sql.append(limit == null ? "false" : column + " < " + PredicateSql.literal(by, limit));
            if (wanted.after().isEmpty() && limit != null) {
                sql.insert(0, "(").append(" or ").append(column).append(" is null)");
            }
        }
        return sql.isEmpty() ? "true" : sql.toString();
    }

    private String lower(String after) {
        String literal = PredicateSql.literal(by, after);
        Duration lookback = wanted.lookback();
        boolean time = by.form() == Form.TIMESTAMP || by.form() == Form.DATE;
        return lookback.isZero() || !time
                ? literal
                : "%s - interval '%d milliseconds'".formatted(literal, lookback.toMillis());
    }
}
