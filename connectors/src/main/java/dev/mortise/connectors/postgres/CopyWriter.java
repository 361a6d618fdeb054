package dev.mortise.connectors.postgres;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/// Sends batches to one table by binary `COPY`. Bytes leave in chunks while the next rows are
/// still being encoded, so that the server works at the same time.
final class CopyWriter {
    private static final int CHUNK = 64 * 1024;
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final int NULL = -1;
    private static final int END = -1;

    private final CopyManager manager;
    private final String sql;
    private final CellWriter[] writers;
    private final CopyBuffer buffer = new CopyBuffer(2 * CHUNK);

    /// @param table quoted name
    CopyWriter(Connection connection, String table, List<PostgresColumn> columns)
            throws SQLException {
        this.manager = new CopyManager(connection.unwrap(BaseConnection.class));
        this.writers = columns.stream().map(CellWriter::of).toArray(CellWriter[]::new);
        this.sql =
                "copy %s (%s) from stdin (format binary)"
                        .formatted(
                                table,
                                Sql.names(columns.stream().map(PostgresColumn::name).toList()));
    }

    /// Writes all rows of a batch or none.
    void write(Batch batch) throws SQLException {
        CopyIn copy = manager.copyIn(sql);
        try {
            send(batch, copy);
            copy.endCopy();
        } catch (SQLException | RuntimeException e) {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
            throw e;
        }
    }

    private void send(Batch batch, CopyIn copy) throws SQLException {
        System.arraycopy(HEADER, 0, buffer.bytes, 0, HEADER.length);
        buffer.end = HEADER.length;
        if (batch.encoded() instanceof CopyBytes rows) {
            pass(rows, copy);
        } else {
            encode(batch, copy);
        }
        buffer.int16(END);
        flush(copy);
    }

    /// Sends rows as they came, past the buffer.
    private void pass(CopyBytes rows, CopyIn copy) throws SQLException {
        flush(copy);
        int at = rows.start();
        int end = at + (int) rows.bytes();
        while (at < end) {
            int length = Math.min(CHUNK, end - at);
            copy.writeToCopy(rows.array(), at, length);
            copy.flushCopy();
            at += length;
        }
    }

    private void encode(Batch batch, CopyIn copy) throws SQLException {
        Column[] columns = new Column[writers.length];
        for (int i = 0; i < writers.length; i++) {
            columns[i] = batch.column(i);
            writers[i].turn(columns[i]);
        }
        for (int row = 0; row < batch.rows(); row++) {
            encode(columns, row);
            if (buffer.end >= CHUNK) {
                flush(copy);
            }
        }
    }

    private void encode(Column[] columns, int row) throws SQLException {
        buffer.int16(writers.length);
        for (int i = 0; i < writers.length; i++) {
            if (columns[i].isNull(row)) {
                buffer.int32(NULL);
            } else {
                writers[i].write(row, buffer);
            }
        }
    }

    private void flush(CopyIn copy) throws SQLException {
        copy.writeToCopy(buffer.bytes, 0, buffer.end);
        copy.flushCopy();
        buffer.end = 0;
    }
}
