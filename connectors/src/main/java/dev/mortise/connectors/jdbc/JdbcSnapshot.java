package dev.mortise.connectors.jdbc;

import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.Times;
import dev.mortise.spi.connect.Incremental;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.RowFilter;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a table in transactions of their own: each source sees one moment, but not all the same.
final class JdbcSnapshot implements Snapshot {
    private final JdbcPlace place;
    private final JdbcCatalog.Table table;
    private final Schema wanted;
    private final Schema read;
    private final @Nullable Predicate predicate;
    private final JdbcRanges ranges;
    private final long rowsMax;

    /// Asked before the first row is read: what comes while it reads is above it, and left to the
    /// next run.
    private final @Nullable String cursor;

    JdbcSnapshot(JdbcPlace place, JdbcCatalog.Table table, Scan scan) {
        this.place = place;
        this.table = table;
        Schema all = table.dataset().schema();
        this.wanted = scan.columns().isEmpty() ? all : all.project(scan.columns());
        wanted.fields().forEach(JdbcSnapshot::refuse);
        Optional<Incremental> incremental = scan.incremental();
        List<Predicate> conditions = new ArrayList<>();
        scan.filter().ifPresent(conditions::add);
        incremental.flatMap(moved -> after(all, moved)).ifPresent(conditions::add);
        this.predicate = conditions.isEmpty() ? null : new Predicate.And(conditions);
        this.ranges = new JdbcRanges(place.dialect(), table, where(all));
        this.read = read(all);
        this.rowsMax = scan.rowsMax();
        this.cursor = incremental.flatMap(this::greatest).orElse(null);
    }

    private static void refuse(Field field) {
        if (field.loss().kind() == Loss.Kind.UNSUPPORTED) {
            throw ProblemException.of(
                    ProblemCode.TYPE_UNSUPPORTED,
                    "column '" + field.name() + "': " + field.loss().reason(),
                    "leave it out with 'columns'");
        }
    }

    private String where(Schema all) {
        if (predicate == null) {
            return "";
        }
        PredicateSql sql = new PredicateSql(all, place.dialect());
        return new PredicateSql.Safe(all, place.dialect()::pushable)
                .of(predicate)
                .map(sql::where)
                .orElse("");
    }

    /// The wanted columns, and behind them those that filtering and ordering need.
    private Schema read(Schema all) {
        List<Field> fields = new ArrayList<>(wanted.fields());
        for (Field field : all.fields()) {
            boolean needed =
                    (predicate != null && mentions(predicate, field.name()))
                            || ranges.order().filter(field::equals).isPresent();
            if (needed && !wanted.has(field.name())) {
                fields.add(field);
            }
        }
        return new Schema(fields);
    }

    private static boolean mentions(Predicate predicate, String column) {
        return switch (predicate) {
            case Predicate.Compare(var name, _, _) -> name.equals(column);
            case Predicate.In(var name, _) -> name.equals(column);
            case Predicate.IsNull(var name) -> name.equals(column);
            case Predicate.Not(var of) -> mentions(of, column);
            case Predicate.And(var all) -> all.stream().anyMatch(one -> mentions(one, column));
            case Predicate.Or(var any) -> any.stream().anyMatch(one -> mentions(one, column));
            case Predicate.Buckets buckets ->
                    buckets.key().stream().anyMatch(key -> key.name().equals(column));
        };
    }

    private static Optional<Predicate> after(Schema schema, Incremental moved) {
        Scalar type =
                schema.find(moved.by())
                        .map(Field::type)
                        .map(found -> found instanceof Scalar scalar ? scalar : Scalar.INT64)
                        .orElse(Scalar.INT64);
        long micros = moved.lookback().toNanos() / 1_000;
        return moved.after()
                .map(text -> micros == 0 ? text : back(type, text, micros))
                .map(text -> new Predicate.Compare(moved.by(), Predicate.Op.GREATER_EQUAL, text));
    }

    private static String back(Scalar type, String text, long micros) {
        if (type == Scalar.TIMESTAMP) {
            return Times.timestampText(Times.parseTimestamp(text) - micros);
        }
        if (type == Scalar.TIMESTAMPTZ) {
            return Times.instantText(Times.parseInstant(text) - micros);
        }
        if (type == Scalar.DATE) {
            long days = Math.ceilDiv(micros, Times.MICROS_A_DAY);
            return Times.dateText(Math.toIntExact(Times.parseDate(text) - days));
        }
        return text;
    }

    @Override
    public Schema schema() {
        return wanted;
    }

    @Override
    public List<Range> ranges(long rowsMax) {
        try {
            Connection connection = Sessions.reading(place);
            try {
                return ranges.cut(connection, rowsMax);
            } finally {
                Sessions.close(connection);
            }
        } catch (SQLException e) {
            throw place.dialect().problems().exception(e);
        }
    }

    @Override
    public Source source(Range range, Rejects rejects) {
        try {
            Connection connection = Sessions.reading(place);
            try {
                return new JdbcSource(place.dialect(), connection, query(range), rejects);
            } catch (SQLException | RuntimeException e) {
                Sessions.close(connection);
                throw e;
            }
        } catch (SQLException e) {
            throw place.dialect().problems().exception(e);
        }
    }

    private JdbcSource.Query query(Range range) {
        Optional<RowFilter> filter =
                Optional.ofNullable(predicate).map(one -> new RowFilter(read, one));
        return new JdbcSource.Query(
                wanted, read, ranges.tail(range), filter, ranges.order(), range, rowsMax);
    }

    @Override
    public Optional<String> cursor() {
        return Optional.ofNullable(cursor);
    }

    private Optional<String> greatest(Incremental moved) {
        Field field = table.dataset().schema().find(moved.by()).orElseThrow();
        try {
            Connection connection = Sessions.reading(place);
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(ranges.greatest(field))) {
                Column column = Column.of(field.type(), 1);
                JdbcCells cells = place.dialect().cells(field);
                return rows.next() && cells.reader().read(rows, 1, column, 0)
                        ? Optional.of(Cell.text(field.type(), column, 0))
                        : Optional.empty();
            } finally {
                Sessions.close(connection);
            }
        } catch (SQLException e) {
            throw place.dialect().problems().exception(e);
        }
    }

    @Override
    public void close() {
        // Each source closes its own connection.
    }
}
