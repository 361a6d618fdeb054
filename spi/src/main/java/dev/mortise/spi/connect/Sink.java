package dev.mortise.spi.connect;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes the rows of one step. The life of a run:
///
/// ```
/// plan() ─► claim() ─► begin(ranges) ─► lane(): write… commit  ─► finish(cursor)
///              └─► unfinished parts of an earlier run: no begin, go on with them
/// ```
///
/// Effect exactly once is won here: the rows of a part, the fact that it is done and the epoch of
/// the run commit in one transaction of the target. A target without transactions uses
/// deterministic names or idempotency keys to the same end and keeps its own small ledger.
public interface Sink extends AutoCloseable {
    /// What writing would do. Changes nothing.
    SinkPlan plan();

    /// Takes the task over: raises its epoch so that nothing of an older run can commit any more,
    /// and tells where the target stands. A database whose table is empty or missing although an
    /// unfinished run wrote to it tells of no such run: somebody emptied the table or made it anew,
    /// and what was written has to come again.
    ///
    /// @throws dev.mortise.spi.problem.ProblemException FENCED when a later owner than that of
    ///     [Target#fence] has claimed the task
    Claim claim();

    /// Forgets an unfinished run, if any, and records the parts of a new one before the first row
    /// is read. In REPLACE and MIRROR this makes the empty shadow.
    void begin(List<Range> parts);

    /// Opens a writer on a connection of its own. Only after [#claim] and [#begin].
    Lane lane();

    /// Publishes what was written (the swap of REPLACE, the merge of MIRROR), forgets the parts and
    /// keeps the cursor. May be called again after a crash in the middle of it.
    ///
    /// @param cursor where the next incremental run starts; null keeps the one there is
    void finish(@Nullable String cursor);

    /// Whether nothing of what a lane wrote remains when it aborts; not so where rows are sent away
    /// one by one.
    default boolean takesBack() {
        return true;
    }

    @Override
    void close();

    /// A sink whose lanes also take batches that are still encoded in its form. What the target
    /// refuses is isolated and rejected as ever.
    interface Encoding extends Sink {
        /// The form it takes, spelled like that of [Snapshot.Encoding]; empty when it takes none.
        Optional<String> form();
    }
}
