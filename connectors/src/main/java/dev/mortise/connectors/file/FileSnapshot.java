package dev.mortise.connectors.file;

import dev.mortise.connectors.file.Folder.Entry;
import dev.mortise.connectors.file.RowFormat.Span;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.RowFilter;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The files of a dataset as they stood when the snapshot was taken. A file that changes while it
/// is read, or before a later process goes on, is noticed: size, time and inode are in the bounds.
final class FileSnapshot implements Snapshot {
    private final Folder folder;
    private final RowFormat format;
    private final Dataset dataset;
    private final List<Entry> files;
    private final Schema wanted;
    private final Schema read;
    private final Optional<Predicate> filter;
    private final Optional<String> by;

    FileSnapshot(Folder folder, RowFormat format, Dataset dataset, Scan scan) {
        this.folder = folder;
        this.format = format;
        this.dataset = dataset;
        this.files = folder.files(dataset.name());
        this.by = scan.incremental().map(incremental -> incremental.by());
        this.filter = ScanFilter.of(scan, dataset.schema());
        this.wanted = scan.columns().isEmpty() ? dataset.schema() : projected(scan.columns());
        Set<String> names = new LinkedHashSet<>(wanted.names());
        filter.ifPresent(predicate -> names.addAll(ScanFilter.columns(predicate)));
        this.read = projected(List.copyOf(names));
    }

    private Schema projected(List<String> names) {
        for (String name : names) {
            if (!dataset.schema().has(name)) {
                throw ProblemException.of(
                                ProblemCode.COLUMN_MISSING,
                                "no column '" + name + "' in the file",
                                dev.mortise.spi.problem.Nearest.fix(name, dataset.schema().names()))
                        .at(dataset.name());
            }
        }
        return dataset.schema().project(names);
    }

    @Override
    public Schema schema() {
        return wanted;
    }

    @Override
    public List<Range> ranges(long rowsMax) {
        List<Range> ranges = new ArrayList<>();
        for (Entry file : files) {
            try {
                for (Span span : format.spans(file, rowsMax)) {
                    ranges.add(new Range(ranges.size(), bounds(file, span)));
                }
            } catch (IOException e) {
                throw Folder.problem("reading the file", file.name(), e);
            }
        }
        return ranges;
    }

    /// `size stamp inode start end line name`; the name may hold blanks and so comes last.
    static String bounds(Entry file, Span span) {
        return "%d %d %d %d %d %d %s"
                .formatted(
                        file.size(),
                        file.stamp(),
                        file.inode(),
                        span.start(),
                        span.end(),
                        span.line(),
                        file.name());
    }

    @Override
    public Source source(Range range, Rejects rejects) {
        String[] words = range.bounds().split(" ", 7);
        Entry file = unchanged(words);
        Span span =
                new Span(
                        Long.parseLong(words[3]),
                        Long.parseLong(words[4]),
                        Long.parseLong(words[5]));
        try {
            return new FileSource(
                    new FileSource.Part(folder, file, range.part()),
                    format.open(file, span, read, rejects),
                    wanted,
                    filter.map(predicate -> new RowFilter(read, predicate)));
        } catch (IOException e) {
            throw Folder.problem("reading the file", file.name(), e);
        }
    }

    private Entry unchanged(String[] words) {
        Entry then =
                new Entry(
                        folder.root(),
                        words[6],
                        Long.parseLong(words[0]),
                        Long.parseLong(words[1]),
                        Long.parseLong(words[2]));
        Entry now = folder.file(words[6]);
        if (!now.same(then)) {
            throw changed(words[6]);
        }
        return now;
    }

    static ProblemException changed(String name) {
        return ProblemException.of(
                        ProblemCode.SOURCE_CHANGED,
                        "expected the file as it was when the run began, it has been written to",
                        "start the run afresh, and write files under another name before moving"
                                + " them into the folder")
                .at(name);
    }

    @Override
    public Optional<String> cursor() {
        return by.flatMap(this::largest);
    }

    /// The largest value of the cursor column among the rows kept, in a scan of its own.
    private Optional<String> largest(String column) {
        Set<String> names = new LinkedHashSet<>(List.of(column));
        filter.ifPresent(predicate -> names.addAll(ScanFilter.columns(predicate)));
        Schema narrow = projected(List.copyOf(names));
        Optional<RowFilter> kept = filter.map(predicate -> new RowFilter(narrow, predicate));
        String best = null;
        for (Entry file : files) {
            try (RowFormat.RowReader reader = format.open(file, Span.WHOLE, narrow, _ -> {})) {
                Batch batch = reader.next();
                while (batch != null) {
                    best = larger(best, kept.isPresent() ? kept.get().apply(batch) : batch);
                    batch = reader.next();
                }
            } catch (IOException e) {
                throw Folder.problem("reading the file", file.name(), e);
            }
        }
        return Optional.ofNullable(best);
    }

    private static @Nullable String larger(@Nullable String best, Batch batch) {
        String largest = best;
        RowFilter above = best == null ? null : ScanFilter.above(batch.schema(), best);
        for (int row = 0; row < batch.rows(); row++) {
            boolean more =
                    !batch.column(0).isNull(row) && (above == null || above.keeps(batch, row));
            if (more) {
                largest = Cell.text(batch.field(0).type(), batch.column(0), row);
                above = ScanFilter.above(batch.schema(), largest);
            }
        }
        return largest;
    }

    @Override
    public void close() {
        // Sources are closed by those who opened them.
    }
}
