package dev.mortise.connectors.postgres;

import dev.mortise.connectors.jdbc.Ledger;
import dev.mortise.spi.connect.Claim;
import dev.mortise.spi.connect.Fence;
import dev.mortise.spi.connect.Range;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a sink asks of the [Ledger] of its task, each in one call to the server: with a small table
/// the calls are what copying it costs. What the rows mean is said there.
///
/// Transactions are begun here in SQL, on a session that else commits by itself. After an exception
/// one may be open; the caller ends it.
final class PostgresLedger {
    private static final String CLAIM =
            """
            begin;
            insert into %1$s (task, part, epoch, state, bounds, rows_written, rows_rejected)
            values (?, -1, 0, 'open', '', 0, 0) on conflict (task, part) do nothing;
            %2$s;
            select part, epoch, state, bounds, rows_written, rows_rejected from %1$s
            where task = ? order by part;
            commit
            """
                    .formatted(Ledger.TABLE, "%s");

    /// Locks the head, unless the epoch is gone; forgets the parts.
    private static final String TAKE =
            """
            update %1$s set updated_at = current_timestamp
            where task = ? and part = -1 and epoch = ?;
            delete from %1$s where task = ? and part >= 0;
            """
                    .formatted(Ledger.TABLE);

    private static final String BEGIN =
            "begin;"
                    + TAKE
                    + """
                      insert into %s (task, part, epoch, state, bounds, rows_written, rows_rejected)
                      select ?, p.part, ?, 'open', p.bounds, 0, 0
                      from unnest(?::integer[], ?::text[]) p(part, bounds)
                      """
                            .formatted(Ledger.TABLE);

    private static final String FINISH =
            "begin; set local synchronous_commit = on;"
                    + TAKE
                    + "update %s set bounds = coalesce(?, bounds) where task = ? and part = -1"
                            .formatted(Ledger.TABLE);

    private final String task;
    private final Fence fence;

    PostgresLedger(String task, Fence fence) {
        this.task = task;
        this.fence = fence;
    }

    /// Raises the epoch and tells where the task stands. Commits.
    ///
    /// @throws dev.mortise.spi.problem.ProblemException FENCED when a later owner has claimed it
    Claim claim(Connection connection) throws SQLException {
        Claim claim = raised(connection);
        if (fence.yieldsTo(claim.epoch())) {
            throw Ledger.fenced(task, fence.first());
        }
        return claim;
    }

    private Claim raised(Connection connection) throws SQLException {
        String sql = CLAIM.formatted(Ledger.raise(fence));
        try (PreparedStatement call = connection.prepareStatement(sql)) {
            call.setString(1, task);
            call.setString(2, task);
            call.setString(3, task);
            boolean rows = call.execute();
            while (!rows) {
                rows = call.getMoreResults();
            }
            try (ResultSet row = call.getResultSet()) {
                return Ledger.claim(row);
            }
        }
    }

    /// Begins a transaction that forgets the parts there are and records new ones.
    void begin(Connection connection, long epoch, List<Range> parts) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(BEGIN)) {
            take(call, epoch);
            call.setString(4, task);
            call.setLong(5, epoch);
            call.setArray(
                    6, connection.createArrayOf("int4", parts.stream().map(Range::part).toArray()));
            call.setArray(
                    7,
                    connection.createArrayOf("text", parts.stream().map(Range::bounds).toArray()));
            taken(counts(call).get(1), epoch);
        }
    }

    /// Begins a transaction that ends the run and whose commit waits for the disk.
    ///
    /// @return how many parts the run had; none when it was finished before
    int finish(Connection connection, long epoch, @Nullable String cursor) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(FINISH)) {
            take(call, epoch);
            call.setString(4, cursor);
            call.setString(5, task);
            List<Integer> counts = counts(call);
            taken(counts.get(2), epoch);
            return counts.get(3);
        }
    }

    private void take(PreparedStatement call, long epoch) throws SQLException {
        call.setString(1, task);
        call.setLong(2, epoch);
        call.setString(3, task);
    }

    private void taken(int heads, long epoch) {
        if (heads == 0) {
            throw Ledger.fenced(task, epoch);
        }
    }

    /// How many rows each statement of a call touched.
    private static List<Integer> counts(PreparedStatement call) throws SQLException {
        List<Integer> counts = new ArrayList<>();
        call.execute();
        for (int count = call.getUpdateCount(); count >= 0; count = call.getUpdateCount()) {
            counts.add(count);
            call.getMoreResults();
        }
        return counts;
    }
}
