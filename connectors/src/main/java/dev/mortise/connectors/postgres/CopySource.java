package dev.mortise.connectors.postgres;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;

/// Reads the answer of one `COPY … TO STDOUT (FORMAT binary)` into batches. The server sends each
/// row in a message of its own, which goes from there into the batch without an object between.
final class CopySource implements Source {
    private static final Executor HERE = Runnable::run;

    private final Connection connection;
    private final Consumer<Connection> giveBack;
    private final String sql;
    private final RowAssembly rows;
    private @Nullable CopyOut copy;
    private volatile boolean ended;

    /// Asks nothing before the first row is wanted: the server may not answer until it has one, and
    /// by then it must be possible to [#cancel].
    ///
    /// @param giveBack takes the connection when all rows were read
    CopySource(Connection connection, Consumer<Connection> giveBack, String sql, RowAssembly rows) {
        this.connection = connection;
        this.giveBack = giveBack;
        this.sql = sql;
        this.rows = rows;
    }

    @Override
    public @Nullable Batch next() {
        while (!ended) {
            Batch batch = fill();
            if (batch.rows() > 0) {
                return batch;
            }
        }
        return null;
    }

    private Batch fill() {
        rows.begin();
        try {
            CopyOut open = copy == null ? open() : copy;
            copy = open;
            while (!rows.full()) {
                byte[] message = open.readFromCopy();
                if (message == null) {
                    ended = true;
                    giveBack.accept(connection);
                    break;
                }
                rows.add(message);
            }
        } catch (SQLException e) {
            throw new PostgresProblems().exception(e);
        }
        return rows.end();
    }

    private CopyOut open() throws SQLException {
        return new CopyManager(connection.unwrap(BaseConnection.class)).copyOut(sql);
    }

    @Override
    public void cancel() {
        if (ended) {
            return;
        }
        stop();
    }

    private void stop() {
        try {
            connection.unwrap(BaseConnection.class).cancelQuery();
        } catch (SQLException _) {
            // It has ended already.
        }
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        if (copy != null) {
            abort();
        }
        giveBack.accept(connection);
    }

    /// Draining a long answer would take as long as reading it; the session goes instead. A server
    /// notices that only when it has rows to send, so it is told.
    private void abort() {
        // The thread may have been interrupted, which would keep the request from leaving.
        boolean interrupted = Thread.interrupted();
        try {
            stop();
            connection.abort(HERE);
        } catch (SQLException _) {
            // It is gone already.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
