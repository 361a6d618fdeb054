package dev.mortise.engine.run;

import dev.mortise.engine.plan.CopyPlanner.Table;
import dev.mortise.engine.plan.Plan;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// Copies tables side by side, by one worker a lane. A table waits for those its foreign keys point
/// to, small tables share the lanes, a large one takes them all; one that fails stops no other.
final class CopyRun {
    /// Above this, a table is worth all lanes.
    private static final long ROWS_LARGE = 200_000;

    private final Function<Table, Plan> planner;
    private final int lanes;
    private final Semaphore free;

    /// Tables nobody has begun, in the order of their references.
    private final List<Table> waiting;

    private final Map<String, CountDownLatch> done = new HashMap<>();
    private final Map<String, List<CountDownLatch>> parents = new HashMap<>();

    CopyRun(Function<Table, Plan> planner, List<Table> tables, int lanes) {
        this.planner = planner;
        this.waiting = new ArrayList<>(tables);
        this.lanes = lanes;
        this.free = new Semaphore(lanes, true);
        for (Table table : tables) {
            // Only earlier tables are waited for: a cycle of foreign keys cannot lock.
            parents.put(
                    table.name(),
                    table.dataset().references().stream()
                            .map(done::get)
                            .filter(Objects::nonNull)
                            .toList());
            done.put(table.name(), new CountDownLatch(1));
        }
    }

    /// Moves one planned table with so many lanes, or throws.
    @FunctionalInterface
    interface Mover {
        void move(Table table, Plan plan, int lanes);
    }

    /// @param failed hears of each table that could not be copied, and why
    void run(Mover mover, BiConsumer<Table, Problem> failed) {
        // A small table is one short question after the other, and each would cost a virtual thread
        // two changes of its carrier.
        Crew crew = Crew.ofPlatform();
        int workers = Math.min(lanes, waiting.size());
        for (int i = 0; i < workers; i++) {
            crew.fork("copy-" + i, () -> work(mover, failed));
        }
        crew.join();
    }

    private void work(Mover mover, BiConsumer<Table, Problem> failed) throws InterruptedException {
        for (Optional<Table> next = next(); next.isPresent(); next = next()) {
            copy(next.get(), mover, failed);
        }
    }

    /// The first table that need not wait; when all have to, the first, whose parents are begun.
    private synchronized Optional<Table> next() {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        for (int i = 0; i < waiting.size(); i++) {
            if (parents(waiting.get(i)).stream().allMatch(parent -> parent.getCount() == 0)) {
                return Optional.of(waiting.remove(i));
            }
        }
        return Optional.of(waiting.removeFirst());
    }

    private List<CountDownLatch> parents(Table table) {
        return Objects.requireNonNull(parents.get(table.name()));
    }

    private void copy(Table table, Mover mover, BiConsumer<Table, Problem> failed)
            throws InterruptedException {
        try {
            for (CountDownLatch parent : parents(table)) {
                parent.await();
            }
            int wanted = table.dataset().rowsEstimated() > ROWS_LARGE ? lanes : 1;
            free.acquire(wanted);
            try {
                move(table, mover, failed, wanted);
            } finally {
                free.release(wanted);
            }
        } finally {
            Objects.requireNonNull(done.get(table.name())).countDown();
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
