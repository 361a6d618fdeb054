package dev.mortise.engine.run;

import dev.mortise.engine.plan.CopyPlanner.Table;
import dev.mortise.engine.plan.Plan;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// Copies tables side by side. A table waits for those its foreign keys point to, small tables
/// share the lanes, a large one takes them all; one that fails stops no other.
final class CopyRun {
    /// Above this, a table is worth all lanes.
    private static final long ROWS_LARGE = 200_000;

    private final Function<Table, Plan> planner;
    private final List<Table> tables;
    private final int lanes;
    private final Semaphore free;
    private final Map<String, CountDownLatch> done = new HashMap<>();

    CopyRun(Function<Table, Plan> planner, List<Table> tables, int lanes) {
        this.planner = planner;
        this.tables = tables;
        this.lanes = lanes;
        this.free = new Semaphore(lanes, true);
        tables.forEach(table -> done.put(table.name(), new CountDownLatch(1)));
    }

    /// Moves one planned table with so many lanes, or throws.
    @FunctionalInterface
    interface Mover {
        void move(Table table, Plan plan, int lanes);
    }

    /// @param failed hears of each table that could not be copied, and why
    void run(Mover mover, BiConsumer<Table, Problem> failed) {
        Crew crew = Crew.ofVirtual();
        for (Table table : tables) {
            crew.fork("copy-" + table.name(), () -> copy(table, mover, failed));
        }
        crew.join();
    }

    private void copy(Table table, Mover mover, BiConsumer<Table, Problem> failed)
            throws InterruptedException {
        try {
            awaitParents(table);
            int wanted = table.dataset().rowsEstimated() > ROWS_LARGE ? lanes : 1;
            free.acquire(wanted);
            try {
                move(table, mover, failed, wanted);
            } finally {
                free.release(wanted);
            }
        } finally {
            latch(table.name()).countDown();
        }
    }

    private CountDownLatch latch(String name) {
        return java.util.Objects.requireNonNull(done.get(name));
    }

    /// Tables come in the order of their references, so only earlier ones are waited for: a cycle
    /// of foreign keys cannot lock.
    private void awaitParents(Table table) throws InterruptedException {
        for (Table earlier : tables) {
            if (earlier.equals(table)) {
                return;
            }
            if (table.dataset().references().contains(earlier.name())) {
                latch(earlier.name()).await();
            }
        }
    }

    private void move(Table table, Mover mover, BiConsumer<Table, Problem> failed, int granted) {
        try {
            Plan plan = planner.apply(table);
            if (plan.problems().isEmpty()) {
                mover.move(table, plan, granted);
            } else {
                plan.problems().forEach(problem -> failed.accept(table, problem));
            }
        } catch (ProblemException e) {
            failed.accept(table, e.problem().at("dataset '" + table.name() + "'"));
        }
    }
}
