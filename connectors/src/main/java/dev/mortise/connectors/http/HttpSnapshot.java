package dev.mortise.connectors.http;

import dev.mortise.api.page.Keys;
import dev.mortise.api.page.RowDecoder;
import dev.mortise.api.paging.Position;
import dev.mortise.api.paging.Scope;
import dev.mortise.api.paging.Slices;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.Times;
import dev.mortise.spi.batch.WideColumn;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Incremental;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.RowFilter;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A read of one resource. An API has no snapshots: pages are of the moments they were asked for.
/// The cursor is the highest value seen; records that appear below it later are found again only
/// with a lookback.
final class HttpSnapshot implements Snapshot {
    private static final java.time.ZoneOffset UTC = java.time.ZoneOffset.UTC;

    private final Api api;
    private final Endpoint endpoint;
    private final Resource resource;
    private final Requests requests;
    private final Schema schema;
    private final Schema decoded;
    private final Optional<Long> sliceFrom;
    private final Optional<Predicate> filter;
    private final @Nullable HighWater highWater;

    HttpSnapshot(Api api, Endpoint endpoint, Resource resource, Dataset dataset, Scan scan) {
        this.api = api;
        this.endpoint = endpoint;
        this.resource = resource;
        Schema full = dataset.schema();
        this.schema = scan.columns().isEmpty() ? full : full.project(scan.columns());
        Optional<Incremental> incremental = scan.incremental();
        Optional<String> from = incremental.flatMap(moved -> Lookback.from(moved, full));
        Scan bounded =
                from.isEmpty()
                        ? scan
                        : scan.where(
                                new Predicate.Compare(
                                        incremental.orElseThrow().by(),
                                        Predicate.Op.GREATER_EQUAL,
                                        from.get()));
        this.filter = bounded.filter();
        Set<String> needed = new LinkedHashSet<>(schema.names());
        filter.ifPresent(predicate -> columns(predicate, needed));
        incremental.ifPresent(moved -> needed.add(moved.by()));
        this.decoded = full.project(List.copyOf(needed));
        this.sliceFrom = sliceFrom(resource, full, scan, from);
        this.highWater = incremental.map(moved -> new HighWater(decoded, moved)).orElse(null);
        this.requests =
                new Requests(
                        endpoint, resource.read().orElseThrow(), since(resource, full, scan, from));
    }

    private static Optional<String> since(
            Resource resource, Schema full, Scan scan, Optional<String> from) {
        Optional<Resource.Since> asked = resource.read().orElseThrow().since();
        if (asked.isEmpty() || scan.incremental().isEmpty()) {
            return Optional.empty();
        }
        Type type = full.project(List.of(scan.incremental().get().by())).field(0).type();
        return from.map(cursor -> asked.get().format().text(type, cursor))
                .or(() -> Optional.ofNullable(asked.get().start()));
    }

    private static void columns(Predicate predicate, Set<String> names) {
        switch (predicate) {
            case Predicate.Compare(var column, _, _) -> names.add(column);
            case Predicate.In(var column, _) -> names.add(column);
            case Predicate.IsNull(var column) -> names.add(column);
            case Predicate.Not(var of) -> columns(of, names);
            case Predicate.And(var all) -> all.forEach(one -> columns(one, names));
            case Predicate.Or(var any) -> any.forEach(one -> columns(one, names));
            case Predicate.Buckets(_, var key, _, _) -> key.forEach(one -> names.add(one.name()));
        }
    }

    @Override
    public Schema schema() {
        return schema;
    }

    private static Optional<Long> sliceFrom(
            Resource resource, Schema full, Scan scan, Optional<String> from) {
        Optional<Slices> slices = resource.read().orElseThrow().around().slices();
        if (slices.isEmpty() || from.isEmpty()) {
            return Optional.empty();
        }
        Type type = full.project(List.of(scan.incremental().orElseThrow().by())).field(0).type();
        boolean time =
                type == Scalar.DATE || type == Scalar.TIMESTAMP || type == Scalar.TIMESTAMPTZ;
        return time
                ? Optional.of(slices.get().format().micros(type, from.get()))
                : Optional.empty();
    }

    @Override
    public List<Range> ranges(long rowsMax) {
        Resource.Around around = requests.read().around();
        if (around.slices().isPresent()) {
            long now = Times.micros(java.time.LocalDateTime.ofInstant(api.now(), UTC));
            List<Scope> scopes = around.slices().get().scopes(sliceFrom, now);
            // A tape holds a few pages: those of the latest slices tell most.
            return ranges(api.tape().isPresent() ? scopes.reversed() : scopes);
        }
        if (around.forEach().isPresent()) {
            if (!around.forEach().get().empties()) {
                api.trials().begin(resource.name());
            }
            return ranges(new Parents(api, endpoint).scopes(resource, around.forEach().get()));
        }
        return List.of(new Range(0, ""));
    }

    private static List<Range> ranges(List<Scope> scopes) {
        List<Range> ranges = new ArrayList<>();
        for (Scope scope : scopes) {
            ranges.add(new Range(ranges.size(), Position.start(scope).text()));
        }
        return ranges;
    }

    @Override
    public Source source(Range range, Rejects rejects) {
        RowFilter kept = filter.map(predicate -> new RowFilter(decoded, predicate)).orElse(null);
        Decoding decoding = Decoding.of(resource, decoded);
        Keys keys = decoding.keys();
        HttpSource.Rows rows =
                new HttpSource.Rows(
                        new RowDecoder(decoded, decoding.layout(), keys),
                        keys,
                        decoding.carried(),
                        decoding.each(),
                        batch -> finish(batch, kept));
        return new HttpSource(api, requests, rows, range, rejects);
    }

    private Batch finish(Batch batch, @Nullable RowFilter kept) {
        Batch left = kept == null ? batch : kept.apply(batch);
        if (highWater != null) {
            highWater.see(left);
        }
        if (schema.size() == decoded.size()) {
            return left;
        }
        var columns = new dev.mortise.spi.batch.Column[schema.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = left.column(i);
        }
        return new Batch(schema, columns, left.rows());
    }

    @Override
    public Optional<String> cursor() {
        return highWater == null ? Optional.empty() : highWater.text();
    }

    @Override
    public void close() {}

    /// The highest value of a column: of the cursor and the batches seen.
    private static final class HighWater {
        private final int place;
        private final Type type;
        private dev.mortise.spi.batch.@Nullable Column best;
        private boolean seen;

        /// Starts at the cursor there is: a lookback sees lower values first, and a cursor never
        /// moves back.
        HighWater(Schema schema, Incremental moved) {
            this.place = schema.indexOf(moved.by());
            this.type = schema.field(place).type();
            if (moved.after().isPresent()) {
                var last = dev.mortise.spi.batch.Column.of(type, 1);
                Cell.parse(type, moved.after().get(), last, 0);
                best = last;
            }
        }

        synchronized void see(Batch batch) {
            dev.mortise.spi.batch.Column column = batch.column(place);
            int highest = -1;
            for (int row = 0; row < batch.rows(); row++) {
                boolean higher =
                        !column.isNull(row)
                                && (highest < 0 || compare(column, row, column, highest) > 0);
                highest = higher ? row : highest;
            }
            seen |= highest >= 0;
            if (highest >= 0 && (best == null || compare(column, highest, best, 0) > 0)) {
                best = column.select(new int[] {highest}, 1);
            }
        }

        private int compare(
                dev.mortise.spi.batch.Column a,
                int rowA,
                dev.mortise.spi.batch.Column b,
                int rowB) {
            return switch (a) {
                case IntColumn c -> Integer.compare(c.value(rowA), ((IntColumn) b).value(rowB));
                case LongColumn c ->
                        type == dev.mortise.spi.type.Scalar.UINT64
                                ? Long.compareUnsigned(c.value(rowA), ((LongColumn) b).value(rowB))
                                : Long.compare(c.value(rowA), ((LongColumn) b).value(rowB));
                case DoubleColumn c ->
                        Double.compare(c.value(rowA), ((DoubleColumn) b).value(rowB));
                case WideColumn c -> c.integer(rowA).compareTo(((WideColumn) b).integer(rowB));
                case BytesColumn c ->
                        Arrays.compareUnsigned(c.value(rowA), ((BytesColumn) b).value(rowB));
            };
        }

        synchronized Optional<String> text() {
            return best == null || !seen ? Optional.empty() : Optional.of(Cell.text(type, best, 0));
        }
    }

    /// The lower bound of an incremental read.
    private static final class Lookback {
        static Optional<String> from(Incremental moved, Schema schema) {
            if (moved.after().isEmpty() || moved.lookback().isZero()) {
                return moved.after();
            }
            Type type = schema.project(List.of(moved.by())).field(0).type();
            var cell = dev.mortise.spi.batch.Column.of(type, 1);
            Cell.parse(type, moved.after().get(), cell, 0);
            long micros = moved.lookback().toNanos() / 1_000;
            long day = dev.mortise.spi.batch.Times.MICROS_A_DAY;
            if (type == dev.mortise.spi.type.Scalar.DATE) {
                IntColumn days = (IntColumn) cell;
                days.set(0, days.value(0) - (int) Math.ceilDiv(micros, day));
            } else if (type == dev.mortise.spi.type.Scalar.TIMESTAMP
                    || type == dev.mortise.spi.type.Scalar.TIMESTAMPTZ) {
                LongColumn times = (LongColumn) cell;
                times.set(0, times.value(0) - micros);
            } else {
                throw dev.mortise.spi.problem.ProblemException.of(
                        dev.mortise.spi.problem.ProblemCode.TYPE_MISMATCH,
                        "a lookback needs a time, but column '%s' is %s"
                                .formatted(moved.by(), type.text()),
                        "give the column the type timestamp, timestamptz or date in the resource");
            }
            return Optional.of(Cell.text(type, cell, 0));
        }
    }
}
