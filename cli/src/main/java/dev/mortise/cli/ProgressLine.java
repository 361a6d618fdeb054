package dev.mortise.cli;

import dev.mortise.engine.run.Progress;
import dev.mortise.spi.problem.Problem;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// One line that shows how a run gets on: drawn over on a terminal, silent elsewhere but for
/// retries, which everybody wants to see.
final class ProgressLine implements Progress, AutoCloseable {
    private static final long REDRAW_NANOS = 200_000_000L;
    private static final int BAR_CELLS = 24;

    private final Terminal terminal;
    private final LongAdder written = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final WarningTally warnings = new WarningTally();
    private final AtomicLong lastDrawn = new AtomicLong();
    private final long started = System.nanoTime();
    private volatile long expected = -1;
    private volatile boolean drawn;

    ProgressLine(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void begins(String step, long rowsExpected) {
        expected = rowsExpected;
        written.reset();
    }

    @Override
    public void committed(String step, long rowsWritten, long rowsRejected) {
        written.add(rowsWritten);
        rejected.add(rowsRejected);
        long now = System.nanoTime();
        long last = lastDrawn.get();
        boolean due = now - last >= REDRAW_NANOS;
        if (terminal.interactive() && due && lastDrawn.compareAndSet(last, now)) {
            drawn = true;
            terminal.redraw(line(step));
        }
    }

    private String line(String step) {
        double seconds = (System.nanoTime() - started) / 1e9;
        long rows = written.sum();
        String rate = Numbers.grouped(Math.round(rows / Math.max(seconds, 0.001)));
        return "%s %s %s"
                .formatted(
                        step,
                        bar(rows),
                        terminal.word("progress", Numbers.grouped(rows), rate, rejected.sum()));
    }

    private String bar(long rows) {
        if (expected <= 0) {
            return "";
        }
        int full = Math.clamp(rows * BAR_CELLS / expected, 0, BAR_CELLS);
        return "█".repeat(full) + "░".repeat(BAR_CELLS - full);
    }

    @Override
    public void warned(String rule, long rows) {
        warnings.add(rule, rows);
    }

    /// What rules that only warn have met so far.
    WarningTally warnings() {
        return warnings;
    }

    @Override
    public void retries(String step, Problem problem, int attempt) {
        terminal.err(terminal.word("retry", step, attempt, terminal.told(problem.message())));
    }

    @Override
    public void close() {
        if (drawn) {
            terminal.redraw("");
        }
    }
}
