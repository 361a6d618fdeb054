package dev.mortise.connectors.duckdb;

import dev.mortise.connectors.jdbc.PredicateSql;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.Times;
import dev.mortise.spi.connect.Incremental;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Several transactions that began at one moment, one for each source that reads at a time. More
/// are added while nothing has been committed since; after that, sources wait for a free one.
final class DuckDbSnapshot implements Snapshot {
    private static final int SESSIONS = 4;

    private final DuckDbFile file;
    private final DuckDbTable table;
    private final Schema schema;
    private final @Nullable Incremental incremental;
    private final DuckDbRanges ranges;
    private final long version;
    private final BlockingQueue<DuckDbSession> free = new LinkedBlockingQueue<>();
    private final List<DuckDbSession> sessions = new ArrayList<>();
    private volatile boolean cut;

    private DuckDbSnapshot(DuckDbFile file, DuckDbTable table, Scan scan) throws SQLException {
        this.file = file;
        this.table = table;
        this.schema = DuckDbSource.schema(table.dataset().schema(), scan.columns());
        this.incremental = scan.incremental().orElse(null);
        this.ranges = new DuckDbRanges(table, where(table.dataset().schema(), scan));
        this.version = file.version();
        for (int i = 0; i < SESSIONS; i++) {
            free.add(joined());
        }
    }

    static DuckDbSnapshot open(DuckDbFile file, DuckDbTable table, Scan scan) throws SQLException {
        file.commits().lock();
        try {
            return new DuckDbSnapshot(file, table, scan);
        } finally {
            file.commits().unlock();
        }
    }

    private DuckDbSession joined() throws SQLException {
        DuckDbSession session = file.session();
        session.begin();
        // A transaction sees the state of its first look at the table.
        session.query(
                "select 1 from " + table.name().sql(DuckDbDialect.INSTANCE) + " limit 0",
                row -> row.getInt(1));
        sessions.add(session);
        return session;
    }

    private static String where(Schema schema, Scan scan) {
        List<Predicate> wanted = new ArrayList<>();
        scan.filter().ifPresent(wanted::add);
        scan.incremental().flatMap(i -> after(schema, i)).ifPresent(wanted::add);
        if (wanted.isEmpty()) {
            return "";
        }
        PredicateSql sql = new PredicateSql(schema, DuckDbDialect.INSTANCE);
        return " where " + sql.where(new Predicate.And(wanted));
    }

    private static Optional<Predicate> after(Schema schema, Incremental incremental) {
        return incremental
                .after()
                .map(
                        text ->
                                new Predicate.Compare(
                                        incremental.by(),
                                        Predicate.Op.GREATER_EQUAL,
                                        back(schema, incremental, text)));
    }

    /// The cursor minus the lookback.
    private static String back(Schema schema, Incremental incremental, String text) {
        Type type = schema.find(incremental.by()).map(Field::type).orElse(Scalar.TEXT);
        long micros = incremental.lookback().toNanos() / 1_000;
        if (micros == 0) {
            return text;
        }
        if (type == Scalar.TIMESTAMP) {
            return Times.timestampText(Times.parseTimestamp(text) - micros);
        }
        if (type == Scalar.TIMESTAMPTZ) {
            return Times.instantText(Times.parseInstant(text) - micros);
        }
        return type == Scalar.DATE
                ? Times.dateText(
                        Times.parseDate(text)
                                - Math.toIntExact(Math.ceilDiv(micros, Times.MICROS_A_DAY)))
                : text;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public List<Range> ranges(long rowsMax) {
        DuckDbSession session = take();
        try {
            cut = true;
            return ranges.cut(session, rowsMax);
        } catch (SQLException e) {
            throw DuckDbProblems.INSTANCE.exception(e);
        } finally {
            free.add(session);
        }
    }

    private DuckDbSession take() {
        DuckDbSession session = free.poll();
        if (session != null) {
            return session;
        }
        file.commits().lock();
        try {
            if (file.version() == version) {
                synchronized (sessions) {
                    return joined();
                }
            }
        } catch (SQLException e) {
            throw DuckDbProblems.INSTANCE.exception(e);
        } finally {
            file.commits().unlock();
        }
        try {
            return free.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.of(
                    dev.mortise.spi.problem.ProblemCode.CANCELLED,
                    "waiting for a free session of '" + table.dataset().name() + "' was ended",
                    "run again: it resumes where it stood");
        }
    }

    @Override
    public Source source(Range range, Rejects rejects) {
        DuckDbSession session = take();
        try {
            String tail = ranges.tail(session, range, cut);
            return new DuckDbSource(session, schema, tail, rejects, () -> free.add(session));
        } catch (SQLException e) {
            free.add(session);
            throw DuckDbProblems.INSTANCE.exception(e);
        } catch (RuntimeException e) {
            free.add(session);
            throw e;
        }
    }

    @Override
    public Optional<String> cursor() {
        if (incremental == null) {
            return Optional.empty();
        }
        Field field = table.dataset().schema().find(incremental.by()).orElseThrow();
        DuckDbSession session = take();
        try {
            String all = ranges.tail(session, new Range(0, "all"), true);
            String greatest =
                    " from (select max("
                            + DuckDbDialect.INSTANCE.quote(field.name())
                            + ") as "
                            + DuckDbDialect.INSTANCE.quote(field.name())
                            + all
                            + ")";
            return text(session, field, greatest);
        } catch (SQLException e) {
            throw DuckDbProblems.INSTANCE.exception(e);
        } finally {
            free.add(session);
        }
    }

    private static Optional<String> text(DuckDbSession session, Field field, String tail)
            throws SQLException {
        DuckDbDecoder decoder = new DuckDbDecoder(field);
        try (var statement = session.connection().prepare("select " + decoder.expression() + tail);
                var result = statement.query()) {
            if (!result.nextChunk() || result.chunk().vector(0).isNull(0)) {
                return Optional.empty();
            }
            Column column = Column.of(field.type(), 1);
            decoder.copy(result.chunk().vector(0), 1, column, 0, (_, _, _) -> {});
            return Optional.of(Cell.text(field.type(), column, 0));
        }
    }

    @Override
    public void close() {
        synchronized (sessions) {
            sessions.forEach(DuckDbSession::close);
            sessions.clear();
        }
        free.clear();
    }
}
