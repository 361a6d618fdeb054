package dev.mortise.connectors.invoice;

import dev.mortise.connectors.invoice.View.Feed;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.RowFilter;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.type.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of a span of documents. Can be entered at any row.
///
/// @param <R> what a row is made of
final class InvoiceSource<R> implements Source {
    private final Span span;
    private final int part;
    private final Feed<R> feed;
    private final Table.Filler<R> filler;
    private final Schema wanted;
    private final Optional<RowFilter> filter;
    private int document;
    private int row;

    InvoiceSource(int part, Span span, Feed<R> feed, Table<R> table, Cut cut) {
        this.part = part;
        this.span = span;
        this.feed = feed;
        this.filler = table.filler(cut.read());
        this.wanted = cut.wanted();
        this.filter = cut.filter().map(predicate -> new RowFilter(cut.read(), predicate));
        this.document = span.from();
        this.row = span.row();
    }

    /// Documents of a survey.
    ///
    /// @param mark of the listing; ranges of another one are not of the same rows
    /// @param row how many rows of the first document are not wanted
    record Span(String mark, int from, int row, int to) {
        String text() {
            return "%s %d %d %d".formatted(mark, from, row, to);
        }

        static Span parse(String text) {
            String[] words = text.split(" ", -1);
            return new Span(
                    words[0],
                    Integer.parseInt(words[1]),
                    Integer.parseInt(words[2]),
                    Integer.parseInt(words[3]));
        }
    }

    @Override
    public @Nullable Batch next() {
        while (document < span.to()) {
            Batch batch = gather();
            Batch kept = filter.isPresent() ? filter.get().apply(batch) : batch;
            if (kept.rows() > 0) {
                return projected(kept);
            }
        }
        return null;
    }

    /// As many rows as a batch holds; none at the end.
    private Batch gather() {
        while (document < span.to() && !filler.full()) {
            List<R> rows = feed.rows(document);
            while (row < rows.size() && !filler.full()) {
                filler.add(rows.get(row++));
            }
            if (row < rows.size()) {
                break;
            }
            document++;
            row = 0;
        }
        return filler.take();
    }

    private Batch projected(Batch batch) {
        Column[] columns = new Column[wanted.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(batch.schema().indexOf(wanted.field(i).name()));
        }
        return new Batch(wanted, columns, batch.rows());
    }

    @Override
    public Range rest() {
        return new Range(part, new Span(span.mark(), document, row, span.to()).text());
    }

    @Override
    public void close() {
        feed.close();
    }
}
