package dev.mortise.connectors.memory;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.connect.Dataset;
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
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of a table as they were at one moment. A range is a span of places among the rows
/// that the scan wants, written `version:from-to`; it holds as long as nobody writes to the table.
final class MemorySnapshot implements Snapshot {
    private final Dataset dataset;
    private final Scan scan;
    private final Schema schema;
    private final List<Row> rows;
    private final long version;

    MemorySnapshot(Dataset dataset, Scan scan, List<Row> all, long version) {
        this.dataset = dataset;
        this.scan = scan;
        this.version = version;
        this.schema =
                scan.columns().isEmpty()
                        ? dataset.schema()
                        : dataset.schema().project(scan.columns());
        this.rows = filtered(all);
    }

    private List<Row> filtered(List<Row> all) {
        List<Predicate> wanted = new ArrayList<>();
        scan.filter().ifPresent(wanted::add);
        scan.incremental().flatMap(this::moved).ifPresent(wanted::add);
        if (wanted.isEmpty()) {
            return all;
        }
        RowFilter filter = new RowFilter(dataset.schema(), new Predicate.And(wanted));
        return all.stream().filter(row -> filter.keeps(row.batch(), row.place())).toList();
    }

    private Optional<Predicate> moved(Incremental incremental) {
        return incremental
                .after()
                .map(
                        after ->
                                new Predicate.Compare(
                                        incremental.by(),
                                        Predicate.Op.GREATER_EQUAL,
                                        lowered(incremental, after)));
    }

    private String lowered(Incremental incremental, String after) {
        Field by = dataset.schema().find(incremental.by()).orElseThrow();
        boolean time = by.type() == Scalar.TIMESTAMP || by.type() == Scalar.TIMESTAMPTZ;
        if (!time || incremental.lookback().isZero()) {
            return after;
        }
        LongColumn column = new LongColumn(1);
        Cell.parse(by.type(), after, column, 0);
        column.set(0, column.value(0) - incremental.lookback().toNanos() / 1_000);
        return Cell.text(by.type(), column, 0);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public List<Range> ranges(long rowsMax) {
        List<Range> ranges = new ArrayList<>();
        long from = 0;
        do {
            long to = Math.min(rows.size(), from + Math.min(rowsMax, rows.size()));
            ranges.add(range(ranges.size(), (int) from, (int) to));
            from = to;
        } while (from < rows.size());
        return ranges;
    }

    private Range range(int part, int from, int to) {
        return new Range(part, version + ":" + from + "-" + to);
    }

    @Override
    public Source source(Range range, Rejects rejects) {
        String[] bounds = range.bounds().split("[:-]", -1);
        if (Long.parseLong(bounds[0]) != version) {
            throw ProblemException.of(
                    ProblemCode.SOURCE_CHANGED,
                    "dataset '" + dataset.name() + "' was written to since its ranges were made",
                    "run the flow again with --fresh");
        }
        int from = Integer.parseInt(bounds[1]);
        return new MemorySource(range.part(), from, Integer.parseInt(bounds[2]));
    }

    @Override
    public Optional<String> cursor() {
        return scan.incremental().flatMap(incremental -> largest(incremental.by()));
    }

    private Optional<String> largest(String by) {
        Schema full = dataset.schema();
        Field field = full.find(by).orElseThrow();
        String largest = null;
        RowFilter larger = null;
        for (Row row : rows) {
            Column column = row.batch().column(full.indexOf(by));
            if (!column.isNull(row.place())
                    && (larger == null || larger.keeps(row.batch(), row.place()))) {
                largest = Cell.text(field.type(), column, row.place());
                larger =
                        new RowFilter(
                                full, new Predicate.Compare(by, Predicate.Op.GREATER, largest));
            }
        }
        return Optional.ofNullable(largest);
    }

    @Override
    public void close() {
        // Rows that nobody refers to any more are the collector's.
    }

    private final class MemorySource implements Source {
        private final int part;
        private final int end;
        private int at;

        MemorySource(int part, int start, int end) {
            this.part = part;
            this.at = start;
            this.end = end;
        }

        @Override
        public @Nullable Batch next() {
            if (at == end) {
                return null;
            }
            int to = Math.min(end, at + Batch.ROWS_MAX);
            Batch batch = Row.gather(schema, rows.subList(at, to));
            at = to;
            return batch;
        }

        @Override
        public Range rest() {
            return range(part, at, end);
        }

        @Override
        public void close() {
            at = end;
        }
    }
}
