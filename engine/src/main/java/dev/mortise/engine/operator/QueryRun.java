package dev.mortise.engine.operator;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/// A query on its way: inputs stream in through table functions, the result streams out, and what
/// DuckDB must hold between (sorts, joins, groups) spills to disk beyond its memory limit.
///
/// An input that the plan reads more than once is first kept in a temporary table, so that it is
/// read from its system once and every reference sees the same rows.
final class QueryRun implements Source {
    /// DuckDB's chunks are never longer.
    private static final int CHUNK_MAX = 2_048;

    private final QueryPlan plan;
    private final DuckDBConnection connection;
    private final Map<String, SourceFeed> feeds = new LinkedHashMap<>();
    private volatile @Nullable DuckDBPreparedStatement statement;
    private @Nullable Chunks chunks;

    QueryRun(Database database, QueryPlan plan, Map<String, Supplier<Source>> inputs) {
        this.plan = plan;
        this.connection = database.connect();
        try {
            start(database, inputs);
        } catch (SQLException e) {
            close();
            throw failed(e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void start(Database database, Map<String, Supplier<Source>> inputs)
            throws SQLException {
        Map<String, String> functions = new LinkedHashMap<>();
        for (var input : plan.inputs().entrySet()) {
            Supplier<Source> opener = inputs.get(input.getKey());
            if (opener == null) {
                throw new IllegalArgumentException("no rows for input " + input.getKey());
            }
            SourceFeed feed = new SourceFeed(input.getValue(), opener);
            feeds.put(input.getKey(), feed);
            String function = database.register(connection, feed);
            functions.put(input.getKey(), function);
            create("view", input.getKey(), function);
        }
        keepRepeated(functions);
        statement = (DuckDBPreparedStatement) connection.prepareStatement(plan.packed());
        chunks = new Chunks(statement);
    }

    private void create(String kind, String name, String function) throws SQLException {
        execute(
                "create temp %s %s as %s"
                        .formatted(
                                kind,
                                Names.quoted(name),
                                Wire.select(plan.input(name), function, plan.numbered())));
    }

    private void keepRepeated(Map<String, String> functions) throws SQLException {
        String explained = explain().toLowerCase(Locale.ROOT);
        for (var input : functions.entrySet()) {
            if (occurrences(explained, input.getValue()) > 1) {
                execute("drop view " + Names.quoted(input.getKey()));
                create("table", input.getKey(), input.getValue());
            }
        }
    }

    private String explain() throws SQLException {
        try (Statement explaining = connection.createStatement();
                ResultSet rows =
                        explaining.executeQuery("explain (format json) " + plan.packed())) {
            rows.next();
            return rows.getString(2);
        }
    }

    private static int occurrences(String text, String function) {
        String named = "\"" + function + "\"";
        int count = 0;
        for (int at = text.indexOf(named); at >= 0; at = text.indexOf(named, at + 1)) {
            count++;
        }
        return count;
    }

    private void execute(String sql) throws SQLException {
        try (Statement executing = connection.createStatement()) {
            executing.execute(sql);
        }
    }

    @Override
    public @Nullable Batch next() {
        try {
            return read();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private @Nullable Batch read() throws SQLException {
        if (chunks == null) {
            return null;
        }
        DuckDBDataChunkReader chunk = chunks.next();
        if (chunk == null) {
            return null;
        }
        Column[] columns = Batch.columns(plan.schema(), Batch.ROWS_MAX);
        int count = 0;
        while (chunk != null) {
            count += append(chunk, columns, count);
            boolean full =
                    count + CHUNK_MAX > Batch.ROWS_MAX || bytes(columns, count) > Batch.BYTES_MAX;
            chunk = full ? null : chunks.next();
        }
        return count == 0 ? null : new Batch(plan.schema(), columns, count);
    }

    private int append(DuckDBDataChunkReader chunk, Column[] columns, int at) {
        int size = Math.toIntExact(chunk.rowCount());
        VectorReader reader = new VectorReader(at, size);
        for (int i = 0; i < columns.length; i++) {
            reader.read(plan.schema().field(i).type(), chunk.vector(i), columns[i]);
        }
        return size;
    }

    private static long bytes(Column[] columns, int rows) {
        long sum = 0;
        for (Column column : columns) {
            sum += column.bytes(rows);
        }
        return sum;
    }

    /// The input's own problem when one failed; a value the query cannot convert ends the run, for
    /// behind a join or a group there is no row to set aside.
    private ProblemException failed(SQLException e) {
        for (SourceFeed feed : feeds.values()) {
            if (feed.failure().isPresent()) {
                return feed.failure().get();
            }
        }
        SqlError error = SqlError.of(e);
        return error.ofRow()
                ? new ProblemException(error.rowProblem("").at(plan.place()), e)
                : SqlError.running("running the query", e).at(plan.place());
    }

    @Override
    public void cancel() {
        DuckDBPreparedStatement running = statement;
        try {
            if (running != null) {
                running.cancel();
            }
        } catch (SQLException _) {
            // It has ended already.
        }
    }

    @Override
    public void close() {
        try (connection;
                var _ = statement;
                var _ = chunks) {
            chunks = null;
        } catch (SQLException e) {
            throw SqlError.running("closing the query", e).at(plan.place());
        } finally {
            feeds.values().forEach(SourceFeed::close);
        }
    }
}
