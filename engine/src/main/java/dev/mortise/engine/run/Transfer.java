package dev.mortise.engine.run;

import dev.mortise.engine.operator.Cast;
import dev.mortise.engine.operator.RowOperator;
import dev.mortise.engine.plan.Node;
import dev.mortise.engine.plan.Pipeline;
import dev.mortise.engine.run.LaneReader.Chunk;
import dev.mortise.spi.connect.Claim;
import dev.mortise.spi.connect.Claim.PartState;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Moves the rows of one write step from where they are to its target, from wherever the target
/// says it stands. One attempt: a failure leaves the target at its last committed unit, and the
/// next attempt, in this process or a later one, goes on from there.
final class Transfer {
    /// Says to a lane's writer that its reader is through.
    static final Chunk END =
            new Chunk(new Unit(new Range(-1, ""), 0, new Unit.RejectsLimit(-1)), null, true, null);

    /// Batches a reader may be ahead of its writer.
    private static final int QUEUE_BATCHES = 2;

    /// Parts of a lane that have been read in part or whole and are not committed, at most.
    private static final int PARTS_AHEAD = 3;

    private static final long ROWS_A_PART_MIN = 4_096;
    private static final long ROWS_A_PART_MAX = 131_072;

    private final Pipeline pipeline;
    private final RunContext context;
    private final StepTally tally;

    /// Whether the parts in the target are of this very flow.
    private boolean begun;

    private boolean settled;

    /// Of an incremental run that this began.
    private @Nullable PendingCursor pending;

    Transfer(Pipeline pipeline, RunContext context, StepTally tally) {
        this.pipeline = pipeline;
        this.context = context;
        this.tally = tally;
    }

    /// Runs to the end or throws.
    ///
    /// @param fresh whether an unfinished run is forgotten instead of resumed
    /// @return whether an unfinished run was resumed
    boolean attempt(boolean fresh) {
        try (Sink sink = pipeline.connector().sink(pipeline.target().with(context.fence()))) {
            Claim claim = sink.claim();
            Bookmark last = Bookmark.parse(claim.cursor());
            if (last.run().equals(context.run())) {
                tally.finished(last.counts());
                settled = true;
                return true;
            }
            tally.reset();
            boolean anew = (fresh && !begun) || claim.parts().isEmpty();
            if (!anew && PendingCursor.allDone(claim) && same(claim)) {
                claim.parts().forEach(this::count);
                settled = true;
                finish(sink, last, PendingCursor.of(claim));
                return true;
            }
            boolean parked = PendingCursor.parked(claim);
            boolean resumes = !anew && (whole() || parked) && same(claim);
            settled = resumes;
            try (Head head = Head.open(pipeline, Optional.ofNullable(last.cursor()))) {
                Queue<Range> parts = resumes ? open(claim) : begin(sink, head);
                context.progress().begins(pipeline.step(), head.rowsEstimated());
                move(sink, head, parts);
                finish(sink, last, resumes && parked ? PendingCursor.of(claim) : head.cursor());
            }
            return resumes;
        }
    }

    /// Whether what the target holds of this run is of the flow as it is now.
    boolean settled() {
        return settled;
    }

    private void finish(Sink sink, Bookmark last, @Nullable String cursor) {
        sink.finish(last.then(context.run(), tally.text(), cursor).text());
    }

    /// Whether the unfinished run in the target was begun by the flow as it is now. If not, it is
    /// forgotten and begun anew; but rows that an appending run has left would then stand twice.
    private boolean same(Claim claim) {
        boolean unchanged =
                PendingCursor.definition(claim)
                        .map(context.version().definition()::equals)
                        .orElse(!context.version().changed());
        if (begun || unchanged) {
            return true;
        }
        boolean appended = claim.parts().stream().anyMatch(part -> part.rowsWritten() > 0);
        if (appended && pipeline.target().mode() == WriteMode.APPEND) {
            throw ProblemException.of(
                    ProblemCode.RUN_CHANGED,
                    "step '%s' was changed while a run of it was unfinished"
                            .formatted(pipeline.step()),
                    "put the flow back to finish that run, or remove its rows and use --fresh");
        }
        return false;
    }

    /// A full read is resumed from any point. An incremental run starts again from its cursor,
    /// unless all its parts are in or it parked: they are small, and parts read at two moments must
    /// not share the cursor of the later one.
    private boolean whole() {
        return pipeline.incremental().isEmpty();
    }

    /// An incremental run that appends must not leave rows that the next one reads again.
    private boolean divisible() {
        return whole() || pipeline.target().mode() == WriteMode.UPSERT;
    }

    private Queue<Range> open(Claim claim) {
        Queue<Range> parts = new ConcurrentLinkedQueue<>();
        for (PartState part : claim.parts()) {
            count(part);
            if (!part.done() && !PendingCursor.is(part)) {
                parts.add(part.range());
            }
        }
        return parts;
    }

    private void count(PartState part) {
        tally.resumed(part.rowsWritten(), part.rowsRejected());
    }

    private Queue<Range> begin(Sink sink, Head head) {
        List<Range> ranges = head.ranges(rowsAPart(head.rowsEstimated()));
        context.version().mixed();
        context.deadLetters().begin(pipeline.step());
        pending =
                whole()
                        ? null
                        : new PendingCursor(ranges, context.version().definition(), head.cursor());
        sink.begin(pending == null ? ranges : pending.beside(ranges));
        begun = true;
        settled = true;
        return new ConcurrentLinkedQueue<>(ranges);
    }

    /// Small enough that a crash costs at most a hundredth of the rows: while a lane commits one
    /// part, a second waits and a third is read. Large enough that a commit's cost is lost in it.
    private long rowsAPart(long rowsEstimated) {
        boolean whole =
                pipeline.incremental().isPresent() && pipeline.target().mode() == WriteMode.APPEND;
        if (whole) {
            return Long.MAX_VALUE;
        }
        int underWay = PARTS_AHEAD * pipeline.lanesMax(context.lanes());
        return Math.clamp(rowsEstimated / (100L * underWay), ROWS_A_PART_MIN, ROWS_A_PART_MAX);
    }

    private void move(Sink sink, Head head, Queue<Range> parts) {
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            Crew crew = Crew.ofPlatform();
            int lanes = Math.min(parts.size(), pipeline.lanesMax(context.lanes()));
            for (int i = 0; i < lanes; i++) {
                startLane(crew, i, sink, head, parts, opened);
            }
            crew.join();
        } finally {
            Closing.all(opened);
        }
    }

    private void startLane(
            Crew crew,
            int number,
            Sink sink,
            Head head,
            Queue<Range> parts,
            List<AutoCloseable> opened) {
        List<RowOperator> rows = new ArrayList<>();
        for (Node.Rowwise row : pipeline.rows()) {
            RowOperator operator = row.open().get();
            opened.add(operator);
            rows.add(operator);
        }
        Cast.between(pipeline.schema(), pipeline.sink().schema()).ifPresent(rows::add);
        // Only where nobody on the way looks at the rows.
        Head.Opening opening = rows.isEmpty() ? head.opening(sink) : head::source;
        Lane lane = sink.lane();
        opened.add(lane);
        BlockingQueue<Chunk> queue = new ArrayBlockingQueue<>(QUEUE_BATCHES);
        LaneReader reader = new LaneReader(intake(opening), parts, queue, rows);
        LaneWriter writer = new LaneWriter(lane, queue, stages() - 1, commits(head));
        crew.fork("read-" + pipeline.step() + "-" + number, reader::run);
        crew.fork("write-" + pipeline.step() + "-" + number, writer::run);
    }

    /// Head, row-wise steps, the cast to the sink's types, the sink.
    private int stages() {
        return pipeline.rows().size() + 3;
    }

    private LaneReader.Intake intake(Head.Opening opening) {
        Unit.RejectsLimit limit = context.rejectsLimit();
        return new LaneReader.Intake() {
            @Override
            public Source open(Range part, Rejects rejects) {
                return opening.open(part, rejects);
            }

            @Override
            public Unit unit(Range range) {
                return new Unit(range, stages(), limit);
            }

            @Override
            public boolean divisible() {
                return Transfer.this.divisible();
            }
        };
    }

    private LaneWriter.Commits commits(Head head) {
        PendingCursor cursor = pending;
        return new LaneWriter.Commits() {
            @Override
            public void before(Unit unit) {
                context.deadLetters().write(pipeline, unit);
            }

            @Override
            public void after(Unit unit) {
                tally.add(unit);
                unit.warned().forEach(context.progress()::warned);
                StepCounts sink = unit.counts(stages() - 1);
                context.progress()
                        .committed(pipeline.step(), sink.rowsOut(), unit.rejected().size());
            }

            @Override
            public void parked(Lane lane) {
                if (cursor != null) {
                    cursor.park(lane, head.cursor());
                }
            }
        };
    }
}
