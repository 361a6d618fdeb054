package dev.mortise.connectors.postgres;

import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One moment of a table. A keeper session holds an exported snapshot; the sessions of the sources
/// enter it, and stay in it from range to range.
final class PostgresSnapshot implements Snapshot.Encoding {
    private static final String BEGIN = "begin isolation level repeatable read, read only";

    private final PostgresSessions sessions;
    private final Connection keeper;
    private final PostgresTable table;
    private final List<PostgresColumn> columns;
    private final Optional<CursorBound> incremental;
    private final Optional<String> filter;
    private final @Nullable String cursor;
    private final String limit;
    private final String id;
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();
    private @Nullable String fingerprint;
    private boolean closed;

    PostgresSnapshot(
            PostgresSessions sessions, PostgresTable table, CanonicalSql canonical, Scan scan)
            throws SQLException {
        this.sessions = sessions;
        this.table = table;
        this.columns = columns(table, scan.columns());
        PredicateSql predicates = new PredicateSql(table, canonical);
        this.filter = scan.filter().map((Predicate p) -> predicates.of(p));
        this.incremental = scan.incremental().map(i -> new CursorBound(table, i));
        this.limit = scan.limited() ? " limit " + scan.rowsMax() : "";
        this.keeper = sessions.open(PostgresSessions.READER);
        try {
            this.cursor =
                    incremental.isEmpty() ? null : incremental.get().find(keeper).orElse(null);
            this.id = export();
        } catch (SQLException | RuntimeException e) {
            PostgresSessions.closeQuietly(keeper);
            throw e;
        }
    }

    private static List<PostgresColumn> columns(PostgresTable table, List<String> wanted) {
        return wanted.isEmpty()
                ? table.columns()
                : wanted.stream().map(name -> column(table, name)).toList();
    }

    private static PostgresColumn column(PostgresTable table, String name) {
        return table.find(name)
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        ProblemCode.COLUMN_MISSING,
                                        "no column '%s' in '%s'".formatted(name, table.name()),
                                        Nearest.fix(name, table.columnNames())));
    }

    private String export() throws SQLException {
        try (Statement statement = keeper.createStatement()) {
            statement.execute(BEGIN);
            try (ResultSet row = statement.executeQuery("select pg_export_snapshot()")) {
                row.next();
                return row.getString(1);
            }
        }
    }

    @Override
    public Schema schema() {
        return new Schema(columns.stream().map(PostgresColumn::field).toList());
    }

    @Override
    public synchronized List<Range> ranges(long rowsMax) {
        try {
            return splitter().split(rowsMax);
        } catch (SQLException e) {
            throw new PostgresProblems().exception(e).at(table.name());
        }
    }

    private RangeSplitter splitter() {
        return new RangeSplitter(keeper, table, condition(cursor), cursor);
    }

    private String condition(@Nullable String upper) {
        String moved = incremental.map(i -> i.condition(upper)).orElse("true");
        String wanted = filter.orElse("true");
        return moved.equals("true") || wanted.equals("true")
                ? moved.equals("true") ? wanted : moved
                : moved + " and " + wanted;
    }

    @Override
    public Optional<String> form() {
        return CopyBytes.form(columns);
    }

    @Override
    public Source encoded(Range range) {
        return source(range, new EncodedRows(schema(), columns));
    }

    @Override
    public Source source(Range range, Rejects rejects) {
        return source(range, new CopyRows(schema(), columns, rejects));
    }

    private Source source(Range range, RowAssembly rows) {
        Bounds bounds = Bounds.parse(range.bounds());
        try {
            checkPlaces(bounds);
            return new CopySource(enter(), this::giveBack, copy(bounds), rows);
        } catch (SQLException e) {
            throw new PostgresProblems().exception(e).at(table.name());
        }
    }

    /// Places mean the same rows only while nothing was written.
    private synchronized void checkPlaces(Bounds bounds) throws SQLException {
        if (bounds.kind() != Bounds.Kind.BLOCK) {
            return;
        }
        if (fingerprint == null) {
            fingerprint = splitter().fingerprint();
        }
        if (!fingerprint.equals(bounds.fingerprint())) {
            throw ProblemException.of(
                    ProblemCode.SOURCE_CHANGED,
                    "table '%s' has no key and was written to since this run began"
                            .formatted(table.name()),
                    "start the run afresh, or give the table a primary key");
        }
    }

    private Connection enter() throws SQLException {
        Connection ready = idle.poll();
        if (ready != null) {
            return ready;
        }
        Connection connection = sessions.take(PostgresSessions.READER);
        try (Statement statement = connection.createStatement()) {
            statement.execute(BEGIN + "; set transaction snapshot " + Sql.literal(id) + scanning());
            return connection;
        } catch (SQLException | RuntimeException e) {
            sessions.giveBack(connection);
            throw e;
        }
    }

    /// Through a bitmap a range of keys is read block by block: a plain index scan pins and unpins
    /// a block a row, which is a tenth of what reading costs the server.
    private String scanning() {
        return table.key().isEmpty() ? "" : "; set local enable_indexscan = off";
    }

    private synchronized void giveBack(Connection connection) {
        try {
            if (!closed && !connection.isClosed()) {
                idle.add(connection);
                return;
            }
        } catch (SQLException _) {
            // A session that cannot tell is not kept.
        }
        sessions.giveBack(connection);
    }

    /// The statement that reads a range; also what is explained in tests.
    String select(Bounds bounds) {
        String where =
                List.of(
                                range(bounds),
                                condition(bounds.cursor() == null ? cursor : bounds.cursor()))
                        .stream()
                        .filter(c -> !c.equals("true"))
                        .collect(Collectors.joining(" and "));
        String names =
                columns.stream().map(PostgresColumn::selected).collect(Collectors.joining(", "));
        return "select %s from %s%s%s"
                .formatted(names, table.quoted(), where.isEmpty() ? "" : " where " + where, limit);
    }

    private String copy(Bounds bounds) {
        return "copy (" + select(bounds) + ") to stdout (format binary)";
    }

    private String range(Bounds bounds) {
        String subject =
                switch (bounds.kind()) {
                    case ALL -> "";
                    case KEY -> "(" + Sql.names(table.key()) + ")";
                    case BLOCK -> "ctid";
                };
        String low = bounds.low().isEmpty() ? "" : subject + " >= " + place(bounds, bounds.low());
        String high = bounds.high().isEmpty() ? "" : subject + " < " + place(bounds, bounds.high());
        String both = low.isEmpty() || high.isEmpty() ? "" : " and ";
        return low.isEmpty() && high.isEmpty() ? "true" : low + both + high;
    }

    private String place(Bounds bounds, List<String> values) {
        if (bounds.kind() == Bounds.Kind.BLOCK) {
            return "'(%s,0)'::tid".formatted(values.getFirst());
        }
        StringBuilder tuple = new StringBuilder("(");
        for (int i = 0; i < values.size(); i++) {
            PostgresColumn column = table.find(table.key().get(i)).orElseThrow();
            String type = column.base().equals("bpchar") ? "bpchar" : column.nativeType();
            tuple.append(i == 0 ? "" : ", ")
                    .append(Sql.literal(values.get(i)))
                    .append("::")
                    .append(type);
        }
        return tuple.append(')').toString();
    }

    @Override
    public Optional<String> cursor() {
        return Optional.ofNullable(cursor);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        idle.forEach(sessions::giveBack);
        idle.clear();
        sessions.layAside(PostgresSessions.READER, keeper);
    }
}
