package dev.mortise.engine.run;

import dev.mortise.engine.flow.Step;
import dev.mortise.engine.operator.RowOperator;
import dev.mortise.engine.operator.Warnings;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// The reading half of a lane: takes the next part, reads it, sends its batches through the
/// row-wise steps and hands them to the writer. Runs ahead of the writer by as many batches as the
/// queue holds, across parts, so that a commit never stops the reading.
final class LaneReader {
    /// A source that can be entered midway commits after about so many rows.
    private static final long UNIT_ROWS = 65_536;

    /// What the reader hands over.
    ///
    /// @param batch null when nothing of the batch was left or the unit only ends
    /// @param ends whether the unit commits after this
    /// @param rest what is left of the part then; null when it is done
    /// @param parks why nothing follows, to be thrown once the unit has committed; null when
    ///     reading goes on
    record Chunk(
            Unit unit,
            @Nullable Batch batch,
            boolean ends,
            @Nullable Range rest,
            @Nullable ProblemException parks) {
        Chunk(Unit unit, @Nullable Batch batch, boolean ends, @Nullable Range rest) {
            this(unit, batch, ends, rest, null);
        }

        /// Whether the reader is through and there is nothing to write or commit.
        boolean isEnd() {
            return unit.range().part() < 0;
        }
    }

    private final Intake intake;
    private final Queue<Range> parts;
    private final BlockingQueue<Chunk> queue;
    private final List<RowOperator> rows;

    /// What is being read right now, and so what rejected rows belong to.
    private Unit unit = Transfer.END.unit();

    private boolean parked;

    LaneReader(
            Intake intake, Queue<Range> parts, BlockingQueue<Chunk> queue, List<RowOperator> rows) {
        this.intake = intake;
        this.parts = parts;
        this.queue = queue;
        this.rows = rows;
    }

    void run() throws InterruptedException {
        for (Range part = parts.poll(); part != null; part = parts.poll()) {
            read(part);
        }
        queue.put(Transfer.END);
    }

    private void read(Range part) throws InterruptedException {
        unit = intake.unit(part);
        try (Source source = intake.open(part, aside())) {
            drain(source);
        }
    }

    /// The head's, of whichever unit is being read.
    private Warnings aside() {
        return new Warnings() {
            @Override
            public void reject(RejectedRow row) {
                unit.rejects(0).reject(row);
            }

            @Override
            public void broken(Step.Rule rule, long count) {
                unit.rejects(0).broken(rule, count);
            }
        };
    }

    /// When a source has had enough for now, what it gave is committed, and the next run goes on
    /// behind it; an incremental run that appends, whose parts are committed whole, begins again.
    private void drain(Source source) throws InterruptedException {
        Batch batch = next(source);
        while (batch != null) {
            Batch left = apply(batch);
            Range rest = rest(source);
            boolean ends = rest != null && unit.rows() >= UNIT_ROWS;
            if (left != null || ends) {
                queue.put(new Chunk(unit, left, ends, rest));
            }
            if (rest != null && ends) {
                unit = intake.unit(rest);
            }
            batch = next(source);
        }
        if (!parked) {
            queue.put(new Chunk(unit, null, true, null));
        }
    }

    private @Nullable Range rest(Source source) {
        return intake.divisible() ? source.rest() : null;
    }

    /// The next batch; null at the end, and when the source has had enough for now. It may have had
    /// before its first batch, or behind pages of which nothing was kept.
    private @Nullable Batch next(Source source) throws InterruptedException {
        try {
            return source.next();
        } catch (ProblemException e) {
            Range rest = parks(e) ? rest(source) : null;
            if (rest == null) {
                throw e;
            }
            queue.put(new Chunk(unit, null, true, rest, e));
            parts.clear();
            parked = true;
            return null;
        }
    }

    private static boolean parks(ProblemException e) {
        ProblemCode code = e.problem().code();
        return code == ProblemCode.PAGES_EXCEEDED || code == ProblemCode.THROTTLED;
    }

    private @Nullable Batch apply(Batch batch) {
        unit.sawRows(batch.rows());
        unit.count(0, batch.rows(), batch.rows(), batch.bytes());
        Batch left = batch;
        for (int i = 0; i < rows.size() && left != null; i++) {
            int before = left.rows();
            left = rows.get(i).apply(left, unit.rejects(i + 1));
            unit.count(
                    i + 1, before, left == null ? 0 : left.rows(), left == null ? 0 : left.bytes());
        }
        return left;
    }

    /// Where a lane's rows come from.
    interface Intake {
        Source open(Range part, Rejects rejects);

        Unit unit(Range range);

        /// Whether a part may be committed piece by piece.
        boolean divisible();
    }
}
