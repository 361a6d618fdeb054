package dev.mortise.connectors.jdbc;

import dev.mortise.spi.connect.Claim;
import dev.mortise.spi.connect.Claim.PartState;
import dev.mortise.spi.connect.Fence;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The table `mortise_checkpoint` of one task in a SQL target: which parts of a run are in the
/// target, under which epoch, and the cursor of the last finished run. Its rows change in the
/// transactions of the data, so after a crash the table is right by construction.
///
/// Row `-1` is the head of the task: its epoch is the run's, its bounds hold the cursor. Methods do
/// not commit; the caller owns the transaction. Uses only SQL that every target knows.
public final class Ledger {
    /// Name of the table, in the default schema of the connection.
    public static final String TABLE = "mortise_checkpoint";

    private static final int HEAD = -1;
    private static final String OPEN = "open";
    private static final String DONE = "done";

    private final String task;
    private final Fence fence;

    public Ledger(Target target) {
        this.task = target.task();
        this.fence = target.fence();
    }

    /// Makes the table when it is missing.
    public static void create(Connection connection) throws SQLException {
        create(connection, "create table if not exists");
    }

    /// As [#create(Connection)] for a system that says "if not exists" in another way.
    public static void create(Connection connection, String verb) throws SQLException {
        create(connection, verb, "");
    }

    /// As [#create(Connection, String)] for a system where the table needs options: such as a
    /// collation that tells names apart which differ in case only.
    public static void create(Connection connection, String verb, String options)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(ddl(verb) + options);
        }
    }

    /// The statement that makes the table, for systems with other names for its types.
    static String ddl(String verb) {
        return verb
                + " "
                + TABLE
                + " (task varchar(200) not null, part integer not null,"
                + " epoch bigint not null, state varchar(8) not null,"
                + " bounds varchar(4000), rows_written bigint not null,"
                + " rows_rejected bigint not null,"
                + " updated_at timestamp default current_timestamp,"
                + " primary key (task, part))";
    }

    /// Raises the epoch of the task and tells where it stands. The update waits for open writers of
    /// an older run and fences those that come later.
    ///
    /// @throws ProblemException FENCED when a later owner has claimed the task
    public Claim claim(Connection connection) throws SQLException {
        if (update(connection, raise(fence), task) > 0) {
            return read(connection);
        }
        if (fence.yieldsTo(read(connection).epoch())) {
            throw fenced(task, fence.first());
        }
        insert(connection, List.of(new Range(HEAD, "")), fence.next(0));
        return read(connection);
    }

    /// The statement that raises the epoch of a task, unless a later owner has it.
    public static String raise(Fence fence) {
        return "update %1$s set epoch = case when epoch < %2$d then %2$d else epoch + 1 end"
                        .formatted(TABLE, fence.first())
                + " where epoch < %d and task = ?".formatted(fence.end());
    }

    private Claim read(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select part, epoch, state, bounds, rows_written, rows_rejected from "
                                + TABLE
                                + " where task = ? order by part")) {
            select.setString(1, task);
            try (ResultSet rows = select.executeQuery()) {
                return claim(rows);
            }
        }
    }

    /// Where a task stands by its rows: part, epoch, state, bounds, rows written, rows rejected.
    public static Claim claim(ResultSet rows) throws SQLException {
        long epoch = 0;
        String cursor = null;
        List<PartState> parts = new ArrayList<>();
        while (rows.next()) {
            if (rows.getInt(1) == HEAD) {
                epoch = rows.getLong(2);
                cursor = rows.getString(4);
            } else {
                parts.add(part(rows));
            }
        }
        return new Claim(epoch, parts, Optional.ofNullable(cursor).filter(c -> !c.isEmpty()));
    }

    private static PartState part(ResultSet rows) throws SQLException {
        String bounds = rows.getString(4);
        return new PartState(
                new Range(rows.getInt(1), bounds == null ? "" : bounds),
                DONE.equals(rows.getString(3)),
                rows.getLong(5),
                rows.getLong(6));
    }

    /// Forgets the parts there are and records new ones.
    ///
    /// @throws ProblemException FENCED when `epoch` is no longer the task's
    public void begin(Connection connection, long epoch, List<Range> parts) throws SQLException {
        lock(connection, epoch);
        forgetParts(connection);
        insert(connection, parts, epoch);
    }

    private void insert(Connection connection, List<Range> parts, long epoch) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into "
                                + TABLE
                                + " (task, part, epoch, state, bounds, rows_written,"
                                + " rows_rejected) values (?, ?, ?, ?, ?, 0, 0)")) {
            for (Range part : parts) {
                insert.setString(1, task);
                insert.setInt(2, part.part());
                insert.setLong(3, epoch);
                insert.setString(4, OPEN);
                insert.setString(5, part.bounds());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /// Records progress of a part in the transaction of its rows.
    ///
    /// @param rest what is left of the part; null when it is done
    /// @return false when exactly this progress is already there, as after a commit whose answer
    ///     was lost: then the caller rolls back and goes on
    /// @throws ProblemException FENCED when another run has taken the task over
    public boolean advance(
            Connection connection, long epoch, Range range, @Nullable Range rest, Counts counts)
            throws SQLException {
        String sql =
                "update "
                        + TABLE
                        + " set state = ?, bounds = ?, rows_written = rows_written + ?,"
                        + " rows_rejected = rows_rejected + ?, updated_at = current_timestamp"
                        + " where task = ? and part = ? and epoch = ? and state = 'open'"
                        + " and bounds = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, rest == null ? DONE : OPEN);
            update.setString(2, rest == null ? range.bounds() : rest.bounds());
            update.setLong(3, counts.written());
            update.setLong(4, counts.rejected());
            update.setString(5, task);
            update.setInt(6, range.part());
            update.setLong(7, epoch);
            update.setString(8, range.bounds());
            if (update.executeUpdate() == 1) {
                return true;
            }
        }
        lock(connection, epoch);
        return false;
    }

    /// Rows written and rejected since the last commit of a part.
    public record Counts(long written, long rejected) {}

    /// Ends the run: forgets its parts and keeps the cursor.
    ///
    /// @param cursor null keeps the one there is
    public void finish(Connection connection, long epoch, @Nullable String cursor)
            throws SQLException {
        lock(connection, epoch);
        forgetParts(connection);
        if (cursor != null) {
            update(
                    connection,
                    "update " + TABLE + " set bounds = ? where task = ? and part = -1",
                    cursor,
                    task);
        }
    }

    private void forgetParts(Connection connection) throws SQLException {
        update(connection, "delete from " + TABLE + " where task = ? and part >= 0", task);
    }

    /// Locks the head and makes sure that the epoch still holds.
    public void lock(Connection connection, long epoch) throws SQLException {
        String sql =
                "update "
                        + TABLE
                        + " set updated_at = current_timestamp"
                        + " where task = ? and part = -1 and epoch = "
                        + epoch;
        if (update(connection, sql, task) == 0) {
            throw fenced(task, epoch);
        }
    }

    /// What a run hears whose epoch no longer holds.
    public static ProblemException fenced(String task, long epoch) {
        return ProblemException.of(
                ProblemCode.FENCED,
                "another run of '" + task + "' has taken over from epoch " + epoch,
                "let that run finish, or start this one again to take over from it");
    }

    private static int update(Connection connection, String sql, String... values)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setString(i + 1, values[i]);
            }
            return update.executeUpdate();
        }
    }
}
