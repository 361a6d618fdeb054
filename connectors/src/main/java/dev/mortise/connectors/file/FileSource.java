package dev.mortise.connectors.file;

import dev.mortise.connectors.file.Folder.Entry;
import dev.mortise.connectors.file.RowFormat.RowReader;
import dev.mortise.connectors.file.RowFormat.Span;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.RowFilter;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.type.Schema;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One span of a file: filtered, and with the wanted columns only.
final class FileSource implements Source {
    private final Part part;
    private final RowReader reader;
    private final Schema wanted;
    private final Optional<RowFilter> filter;
    private boolean ended;

    /// What is read, for resuming and for noticing changes.
    record Part(Folder folder, Entry file, int number) {}

    FileSource(Part part, RowReader reader, Schema wanted, Optional<RowFilter> filter) {
        this.part = part;
        this.reader = reader;
        this.wanted = wanted;
        this.filter = filter;
    }

    @Override
    public @Nullable Batch next() {
        try {
            Batch batch = ended ? null : reader.next();
            while (batch != null) {
                Batch kept = filter.isPresent() ? filter.get().apply(batch) : batch;
                if (kept.rows() > 0) {
                    return projected(kept);
                }
                batch = reader.next();
            }
        } catch (IOException e) {
            throw Folder.problem("reading the file", part.file().name(), e);
        }
        end();
        return null;
    }

    /// A file that was written to while it was read has given rows of two moments.
    private void end() {
        if (!ended && !part.folder().file(part.file().name()).same(part.file())) {
            throw FileSnapshot.changed(part.file().name());
        }
        ended = true;
    }

    private Batch projected(Batch batch) {
        if (batch.schema().size() == wanted.size()) {
            return batch.as(wanted);
        }
        Column[] columns = new Column[wanted.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(batch.schema().indexOf(wanted.field(i).name()));
        }
        return new Batch(wanted, columns, batch.rows());
    }

    @Override
    public @Nullable Range rest() {
        Span rest = reader.rest();
        return rest == null
                ? null
                : new Range(part.number(), FileSnapshot.bounds(part.file(), rest));
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw Folder.problem("closing the file", part.file().name(), e);
        }
    }
}
