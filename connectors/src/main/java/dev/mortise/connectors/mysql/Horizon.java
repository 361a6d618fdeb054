package dev.mortise.connectors.mysql;

import dev.mortise.spi.problem.ProblemCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// What the server was doing at one moment: its clock, and the transactions that were open then.
///
/// @param sight whether the others' transactions could be seen; if not, the rest of them is empty
/// @param nowUtc microseconds since 1970 of the server's clock
/// @param zone microseconds that the server's own wall clock is ahead of UTC
/// @param oldestAge seconds since the oldest open transaction began; -1 when none is open
/// @param writing whether a transaction is open that has locked or changed something
record Horizon(Sight sight, long nowUtc, long zone, long oldestAge, boolean writing) {
    enum Sight {
        CLEAR,
        /// The user lacks the privilege.
        FORBIDDEN,
        /// The server showed an old list each time.
        STALE
    }

    /// The server keeps the list for as long as it is read again within a tenth of a second.
    private static final Duration STALE_FOR = Duration.ofMillis(120);

    private static final int LOOKS_MAX = 25;

    private static final String CLOCK =
            """
            select timestampdiff(microsecond, '1970-01-01', utc_timestamp(6)),
              timestampdiff(microsecond, utc_timestamp(6),
                convert_tz(utc_timestamp(6), '+00:00', @@global.time_zone))
            """;

    // The list shows what each session is asking. It is of this moment only if it shows this very
    // question, which the number in it tells from an earlier one. `trx_started` is in the zone of
    // the server's machine, so only its age is used.
    private static final String OPEN =
            """
            select
              coalesce(max(trx_mysql_thread_id = connection_id()
                and locate('look %d', trx_query) > 0), 0),
              coalesce(max(if(trx_mysql_thread_id = connection_id(), null,
                greatest(0, timestampdiff(second, trx_started,
                  convert_tz(utc_timestamp(), '+00:00', 'SYSTEM'))))), -1),
              coalesce(max(trx_mysql_thread_id <> connection_id()
                and trx_rows_modified + trx_tables_locked + trx_rows_locked > 0), 0)
            from information_schema.innodb_trx
            where trx_is_read_only = 0 or trx_mysql_thread_id = connection_id()
            """;

    /// Asks on a connection that has not asked before; a transaction open on it ends.
    static Horizon ask(Connection connection, MySqlProblems problems) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            long[] clock = numbers(statement, CLOCK);
            // Only a session with a transaction of its own is in the list.
            statement.execute("start transaction with consistent snapshot");
            try {
                return look(statement, clock);
            } catch (SQLException e) {
                if (problems.problem(e).code() != ProblemCode.PRIVILEGE_MISSING) {
                    throw e;
                }
                return new Horizon(Sight.FORBIDDEN, clock[0], clock[1], -1, false);
            } finally {
                statement.execute("rollback");
            }
        }
    }

    private static Horizon look(Statement statement, long[] clock) throws SQLException {
        for (int look = 1; look <= LOOKS_MAX; look++) {
            long[] open = numbers(statement, OPEN.formatted(look));
            if (open[0] != 0) {
                return new Horizon(Sight.CLEAR, clock[0], clock[1], open[1], open[2] != 0);
            }
            LockSupport.parkNanos(STALE_FOR.toNanos());
        }
        return new Horizon(Sight.STALE, clock[0], clock[1], -1, false);
    }

    private static long[] numbers(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            long[] numbers = new long[row.getMetaData().getColumnCount()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = row.getLong(i + 1);
            }
            return numbers;
        }
    }
}
