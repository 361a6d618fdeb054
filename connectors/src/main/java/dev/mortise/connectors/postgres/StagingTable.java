package dev.mortise.connectors.postgres;

import dev.mortise.spi.batch.Batch;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/// A temporary table that batches pass through on their way, to be merged by key or cast in SQL.
final class StagingTable {
    private static final String NAME = "mortise_stage";
    private static final String QUOTED = "pg_temp." + NAME;

    private final Connection connection;
    private final CopyWriter copy;
    private final String move;

    /// Makes the table anew, for the session may have been another lane's; the caller commits.
    StagingTable(Connection connection, SinkShape shape, String into) throws SQLException {
        this.connection = connection;
        List<String> key = shape.keyed() ? shape.target().key() : List.of();
        String columns =
                shape.columns().stream()
                        .map(c -> declaration(c, key.contains(c.name())))
                        .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "drop table if exists %s; create temp table %s (%s) on commit delete rows"
                            .formatted(QUOTED, NAME, columns));
        }
        this.copy = new CopyWriter(connection, QUOTED, shape.columns());
        this.move =
                key.isEmpty()
                        ? TableSql.insert(into, QUOTED, shape.columns())
                        : TableSql.upsert(into, latest(shape, key), shape.columns(), key);
    }

    private static String declaration(PostgresColumn column, boolean key) {
        String type = column.form().direct() ? column.nativeType() : "text";
        return Sql.name(column.name()) + " " + type + (key ? " not null" : "");
    }

    /// Of several rows with one key the last one counts. Right after a truncation `ctid` is the
    /// order of arrival.
    private static String latest(SinkShape shape, List<String> key) {
        String by = Sql.names(key);
        return "(select distinct on (%1$s) %2$s from %3$s order by %1$s, ctid desc) latest"
                .formatted(by, TableSql.names(shape.columns()), QUOTED);
    }

    void write(Batch batch) throws SQLException {
        copy.write(batch);
        try (Statement statement = connection.createStatement()) {
            statement.execute(move);
            statement.execute("truncate " + QUOTED);
        }
    }
}
