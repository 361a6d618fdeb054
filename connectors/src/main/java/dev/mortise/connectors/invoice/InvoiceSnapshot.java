package dev.mortise.connectors.invoice;

import dev.mortise.connectors.invoice.InvoiceSource.Span;
import dev.mortise.connectors.invoice.View.Feed;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.RowFilter;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A dataset of the folder as it was listed. The files are read when the first range is asked for;
/// one that has changed until then, or changes later, ends the reading with SOURCE_CHANGED.
///
/// @param <R> what a row is made of
final class InvoiceSnapshot<R> implements Snapshot {
    private final View<R> view;
    private final Folder folder;
    private final Listing listing;
    private final Cut cut;
    private final Optional<String> by;

    InvoiceSnapshot(View<R> view, Folder folder, Scan scan) {
        this.view = view;
        this.folder = folder;
        this.cut = Cut.of(scan, view.table().schema(), view.table().name());
        this.by = scan.incremental().map(moved -> moved.by());
        this.listing = folder.list();
    }

    @Override
    public Schema schema() {
        return cut.wanted();
    }

    @Override
    public List<Range> ranges(long rowsMax) {
        Survey survey = folder.survey(listing);
        int documents = survey.first(survey.files());
        List<Range> ranges = new ArrayList<>();
        int from = 0;
        long rows = 0;
        for (int document = 0; document < documents; document++) {
            int more = view.rows(survey, document);
            if (rows > 0 && rows + more > rowsMax) {
                ranges.add(range(ranges.size(), from, document));
                from = document;
                rows = 0;
            }
            rows += more;
        }
        ranges.add(range(ranges.size(), from, documents));
        return ranges;
    }

    private Range range(int part, int from, int to) {
        return new Range(part, new Span(mark(), from, 0, to).text());
    }

    private String mark() {
        return listing.mark() + "/" + folder.mark();
    }

    @Override
    public Source source(Range range, Rejects rejects) {
        Span span = Span.parse(range.bounds());
        if (!span.mark().equals(mark())) {
            throw Listing.changed(view.table().name());
        }
        return source(range.part(), span, cut);
    }

    private Source source(int part, Span span, Cut columns) {
        Survey survey = folder.survey(listing);
        Feed<R> feed = view.feed(survey, folder.desk(), folder.zone());
        return new InvoiceSource<>(part, span, feed, view.table(), columns);
    }

    /// The largest value of the cursor column among the rows kept, in a scan of its own.
    @Override
    public Optional<String> cursor() {
        return by.flatMap(this::largest);
    }

    private Optional<String> largest(String column) {
        Cut narrow = cut.only(column, view.table().schema(), view.table().name());
        Survey survey = folder.survey(listing);
        Span all = new Span(mark(), 0, 0, survey.first(survey.files()));
        String best = null;
        try (Source source = source(0, all, narrow)) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                best = larger(best, batch);
            }
        }
        return Optional.ofNullable(best);
    }

    private static @Nullable String larger(@Nullable String best, Batch batch) {
        String largest = best;
        RowFilter above = best == null ? null : above(batch.schema(), best);
        for (int row = 0; row < batch.rows(); row++) {
            boolean more =
                    !batch.column(0).isNull(row) && (above == null || above.keeps(batch, row));
            if (more) {
                largest = Cell.text(batch.field(0).type(), batch.column(0), row);
                above = above(batch.schema(), largest);
            }
        }
        return largest;
    }

    private static RowFilter above(Schema schema, String literal) {
        return new RowFilter(
                schema,
                new Predicate.Compare(schema.field(0).name(), Predicate.Op.GREATER, literal));
    }

    @Override
    public void close() {
        // Sources close what they open.
    }
}
