package dev.mortise.engine.run;

import dev.mortise.engine.run.LaneReader.Chunk;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Rejects;
import java.util.concurrent.BlockingQueue;

/// The writing half of a lane: writes what the reader hands over and commits a unit at its end,
/// its dead letters first. A dead letter on disk counts only once its unit is in the target; a
/// crash in between reads the unit again and writes the same dead letters over the old ones.
final class LaneWriter {
    private final Lane lane;
    private final BlockingQueue<Chunk> queue;
    private final int sinkStage;
    private final Commits commits;

    /// Whether the lane knows which unit the rows belong to.
    private boolean entered;

    /// What happens around the commit of a unit.
    interface Commits {
        void before(Unit unit);

        void after(Unit unit);

        /// The lane's last unit is in, and its source has had enough for now.
        void parked(Lane lane);
    }

    LaneWriter(Lane lane, BlockingQueue<Chunk> queue, int sinkStage, Commits commits) {
        this.lane = lane;
        this.queue = queue;
        this.sinkStage = sinkStage;
        this.commits = commits;
    }

    void run() throws InterruptedException {
        boolean finished = false;
        try {
            for (Chunk chunk = queue.take(); !chunk.isEnd(); chunk = queue.take()) {
                take(chunk);
            }
            finished = true;
        } finally {
            if (!finished) {
                lane.abort();
            }
        }
    }

    private void take(Chunk chunk) {
        Unit unit = chunk.unit();
        if (chunk.batch() != null) {
            write(chunk.batch(), unit);
        }
        if (chunk.ends()) {
            commits.before(unit);
            lane.commit(unit.range(), chunk.rest(), unit.rejected().size());
            commits.after(unit);
            entered = false;
        }
        if (chunk.parks() != null) {
            commits.parked(lane);
            throw chunk.parks();
        }
    }

    private void write(Batch batch, Unit unit) {
        if (!entered) {
            lane.enter(unit.range());
            entered = true;
        }
        Rejects rejects = unit.rejects(sinkStage);
        int written = lane.write(batch, rejects);
        unit.count(sinkStage, batch.rows(), written, batch.bytes());
    }
}
