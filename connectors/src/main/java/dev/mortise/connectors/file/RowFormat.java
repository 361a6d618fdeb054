package dev.mortise.connectors.file;

import dev.mortise.connectors.file.Folder.Entry;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.type.Schema;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A way rows lie in files. Made for one dataset at a time; may remember what it found in a file.
interface RowFormat {
    /// The columns of a dataset that these files make up.
    Schema schema(List<Entry> files) throws IOException;

    /// Splits a file into spans that hold each row once.
    default List<Span> spans(Entry file, long rowsMax) throws IOException {
        return List.of(Span.WHOLE);
    }

    /// Opens a span.
    ///
    /// @param wanted columns by name and with the types to read them as
    RowReader open(Entry file, Span span, Schema wanted, Rejects rejects) throws IOException;

    /// What stands in the way of reading the file by this format, as a note to the dataset.
    default String note(Entry file) throws IOException {
        return "";
    }

    /// A part of a file.
    ///
    /// @param end the first byte after it; [Long#MAX_VALUE] for the end of the file
    /// @param line number of the line at `start`, from 1
    record Span(long start, long end, long line) {
        static final Span WHOLE = new Span(0, Long.MAX_VALUE, 1);
    }

    /// The rows of a span.
    interface RowReader extends AutoCloseable {
        @Nullable Batch next() throws IOException;

        /// What [#next] has not delivered yet; null when the file cannot be entered midway.
        default @Nullable Span rest() {
            return null;
        }

        @Override
        void close() throws IOException;
    }
}
