package dev.mortise.engine.operator;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.SQLException;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/// The result of a statement, chunk by chunk, while it is still running.
///
/// DuckDB's own iteration ends in silence when the statement fails midway (2.0.0.1): the rows that
/// were left would be missing and nobody would know. Its check for errors is not public, so it is
/// taken by handle; without it this class does not load, and nothing runs.
final class Chunks implements AutoCloseable {
    private static final MethodHandle CHECK_ERROR = checkError();

    private final DuckDBChunkedResult result;

    Chunks(DuckDBPreparedStatement statement) throws SQLException {
        this.result = statement.query();
    }

    private static MethodHandle checkError() {
        try {
            return MethodHandles.privateLookupIn(DuckDBChunkedResult.class, MethodHandles.lookup())
                    .findVirtual(
                            DuckDBChunkedResult.class,
                            "checkError",
                            MethodType.methodType(void.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "this version of DuckDB hides errors in streamed results another way", e);
        }
    }

    /// The next chunk, valid until the one after it, or null when all rows have come.
    ///
    /// @throws SQLException when the statement has failed on the way
    @Nullable DuckDBDataChunkReader next() throws SQLException {
        if (result.nextChunk()) {
            return result.chunk();
        }
        check();
        return null;
    }

    private void check() throws SQLException {
        try {
            CHECK_ERROR.invokeExact(result);
        } catch (SQLException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        result.close();
    }
}
