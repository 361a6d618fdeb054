package dev.mortise.engine.sample;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a sampling has come to. The threads that read, the one that waits and the one that cancels
/// meet here.
final class Tally implements Rejects {
    private static final int REJECTS_MAX = 20;

    private final Limits limits;
    private final Set<Source> open = new HashSet<>();
    private final List<Batch> batches = new ArrayList<>();
    private final List<RejectedRow> rejects = new ArrayList<>();
    private int rows;
    private long bytes;
    private long read;
    private long rejected;
    private boolean cut;
    private boolean stopped;

    Tally(Limits limits) {
        this.limits = limits;
    }

    Limits limits() {
        return limits;
    }

    synchronized Source opened(Source source) {
        open.add(source);
        return source;
    }

    synchronized void closed(Source source) {
        open.remove(source);
    }

    /// @throws ProblemException CANCELLED when nothing more is wanted
    synchronized void goOn() {
        if (stopped) {
            throw ProblemException.of(ProblemCode.CANCELLED, "the preview was stopped", "");
        }
    }

    synchronized void cut() {
        cut = true;
    }

    synchronized void read(int count) {
        read += count;
    }

    @Override
    public synchronized void reject(RejectedRow row) {
        rejected++;
        if (rejects.size() < REJECTS_MAX) {
            rejects.add(row);
        }
    }

    /// Takes rows of the result.
    ///
    /// @return whether more are wanted
    synchronized boolean add(Batch batch) {
        int kept = Math.min(limits.rowsMax() - rows, batch.rows());
        if (kept > 0) {
            Batch part = batch.slice(0, kept);
            batches.add(part);
            rows += kept;
            bytes += part.bytes();
        }
        boolean full = kept < batch.rows() || bytes > limits.bytesMax();
        cut |= full;
        return !full && !stopped;
    }

    /// Ends what is open, so that nobody waits for it.
    void stop() {
        List<Source> waiting;
        synchronized (this) {
            stopped = true;
            waiting = List.copyOf(open);
        }
        waiting.forEach(Source::cancel);
    }

    synchronized boolean stopped() {
        return stopped;
    }

    synchronized Sample sample(Schema schema) {
        return new Sample(schema, batches, read, cut, stopped, rejects, rejected);
    }
}
