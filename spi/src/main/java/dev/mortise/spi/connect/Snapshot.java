package dev.mortise.spi.connect;

import dev.mortise.spi.type.Schema;
import java.util.List;
import java.util.Optional;

/// One consistent view of a dataset. [#source] may be called by several threads at once; each
/// source reads on its own connection, all of them see the same moment.
public interface Snapshot extends AutoCloseable {
    /// The columns that batches have, in the order the scan asked for.
    Schema schema();

    /// Splits the scan into ranges that cover each row exactly once. A source that cannot be split
    /// answers one range.
    ///
    /// @param rowsMax about how many rows a range should have at most
    List<Range> ranges(long rowsMax);

    /// Opens a range. The range may come from an earlier process whose snapshot is gone: then it is
    /// read as of now.
    ///
    /// @throws dev.mortise.spi.problem.ProblemException SOURCE_CHANGED when that would lose or
    ///     repeat rows, as with ranges of physical places in a table that was written to
    Source source(Range range, Rejects rejects);

    /// The cursor the next incremental run starts after, as canonical text; empty when the scan is
    /// not incremental or saw nothing. Nothing that commits later lies below it.
    Optional<String> cursor();

    @Override
    void close();

    /// A snapshot that can hand its rows on as its system sends them. A flow that changes nothing
    /// between two systems of one kind then moves bytes: see [Sink.Encoding].
    interface Encoding extends Snapshot {
        /// What the encoded rows look like: the system's word for it and the types of the columns,
        /// in order. Two that are equal are the same bytes for the same values. Empty when a column
        /// needs a conversion.
        Optional<String> form();

        /// Opens a range like [#source], whose batches are all encoded. Nothing is rejected here,
        /// for nothing is looked at.
        Source encoded(Range range);
    }
}
