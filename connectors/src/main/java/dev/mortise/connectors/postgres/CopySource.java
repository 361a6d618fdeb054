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
    private final CopyOut copy;
    private final RowAssembly rows;
    private boolean ended;

    /// @param giveBack takes the connection when all rows were read
    CopySource(Connection connection, Consumer<Connection> giveBack, String sql, RowAssembly rows)
            throws SQLException {
        this.connection = connection;
        this.giveBack = giveBack;
        this.rows = rows;
        this.copy = new CopyManager(connection.unwrap(BaseConnection.class)).copyOut(sql);
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
            while (!rows.full()) {
                byte[] message = copy.readFromCopy();
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

    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            // Draining a long answer would take as long as reading it; the session goes instead.
            connection.abort(HERE);
        } catch (SQLException _) {
            // It is gone already.
        }
        giveBack.accept(connection);
    }
}
