package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.MySqlTable.TableName;
import dev.mortise.connectors.mysql.Sessions.Purpose;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Sessions that all see the same moment. They begin their snapshots while a lock keeps everybody
/// from committing: a global read lock where the user may take one, else a read lock on the table.
/// Where neither is to be had within seconds, there is a single session.
final class SnapshotSessions implements AutoCloseable {
    private static final int LOCK_SECONDS = 5;
    private static final int TAKE_MINUTES = 60;
    private static final String BEGIN = "start transaction with consistent snapshot, read only";

    private final Sessions sessions;
    private final String place;
    private final BlockingQueue<Connection> free = new LinkedBlockingQueue<>();
    private final List<Connection> all = new ArrayList<>();
    private final AtomicInteger live = new AtomicInteger();

    SnapshotSessions(Sessions sessions, TableName table, int wanted) {
        this.sessions = sessions;
        this.place = table.shown(sessions.database());
        try {
            if (wanted == 1 || !openTogether(table, wanted)) {
                openOne();
            }
        } catch (SQLException e) {
            close();
            throw problem(e);
        }
        free.addAll(all);
        live.set(all.size());
    }

    private void openOne() throws SQLException {
        Connection connection = sessions.open(Purpose.READ);
        all.add(connection);
        execute(connection, BEGIN);
    }

    private boolean openTogether(TableName table, int wanted) throws SQLException {
        try (Connection locker = sessions.open(Purpose.READ)) {
            // Opened before the lock is taken, so that it is held for moments only.
            for (int i = 0; i < wanted; i++) {
                all.add(sessions.open(Purpose.READ));
            }
            execute(locker, "set lock_wait_timeout = " + LOCK_SECONDS);
            if (!locked(locker, "flush tables with read lock")
                    && !locked(locker, "lock tables " + table.sql() + " read")) {
                closeAll();
                return false;
            }
            for (Connection connection : all) {
                execute(connection, BEGIN);
            }
            execute(locker, "unlock tables");
            return true;
        }
    }

    private boolean locked(Connection locker, String sql) throws SQLException {
        try {
            execute(locker, sql);
            return true;
        } catch (SQLException e) {
            ProblemCode code = sessions.problems().problem(e).code();
            if (code == ProblemCode.PRIVILEGE_MISSING || code == ProblemCode.TIMED_OUT) {
                return false;
            }
            throw e;
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// A session nobody reads from; waits for one when all are taken.
    Connection take() {
        if (live.get() == 0) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.CONNECTION_LOST,
                            "every session of the snapshot was lost",
                            place,
                            "run again: it resumes where it stood"));
        }
        try {
            Connection connection = free.poll(TAKE_MINUTES, TimeUnit.MINUTES);
            if (connection != null) {
                return connection;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ProblemException(
                    new Problem(ProblemCode.CANCELLED, "reading was stopped", place, ""));
        }
        throw new ProblemException(
                new Problem(
                        ProblemCode.TIMED_OUT,
                        "no session became free within " + TAKE_MINUTES + " minutes",
                        place,
                        "raise 'connections_max' of the connection"));
    }

    void give(Connection connection) {
        free.add(connection);
    }

    /// Ends a session that can be used no more.
    void discard(Connection connection) {
        live.decrementAndGet();
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            throw problem(e);
        }
    }

    ProblemException problem(SQLException error) {
        return sessions.problem(error, place);
    }

    @Override
    public void close() {
        try {
            closeAll();
        } catch (SQLException e) {
            throw problem(e);
        }
    }

    private void closeAll() throws SQLException {
        for (Connection connection : all) {
            connection.close();
        }
        all.clear();
        free.clear();
    }
}
