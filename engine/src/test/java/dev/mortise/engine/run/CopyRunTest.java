package dev.mortise.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Flow.VerifyMode;
import dev.mortise.engine.plan.CopyPlanner.Table;
import dev.mortise.engine.plan.Plan;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// In what order the tables of a copy are moved, and how many at once.
class CopyRunTest {
    private static final Schema ID = Schema.of(Field.of("id", Scalar.INT64));
    private static final Plan PLAN =
            new Plan(
                    new Flow(
                            "copy",
                            Optional.empty(),
                            Map.of(),
                            Optional.empty(),
                            VerifyMode.NONE,
                            -1,
                            Place.NOWHERE),
                    List.of(),
                    List.of(),
                    Map.of());

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    private static Table table(String name, long rows, String... references) {
        return new Table(
                new Dataset(name, ID, List.of("id"), rows, List.of(references), null), name);
    }

    /// With two lanes.
    private void run(CopyRun.Mover mover, Table... tables) {
        new CopyRun(_ -> PLAN, List.of(tables), 2)
                .run(
                        (table, plan, granted) -> {
                            log.add("+" + table.name());
                            mover.move(table, plan, granted);
                            log.add("-" + table.name());
                        },
                        (table, problem) -> log.add("!" + table.name() + " " + problem.place()));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS), "waited in vain");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// The parents wait for each other, so they are moved at once.
    @Test
    void aTableComesAfterThoseItRefersTo() {
        CountDownLatch both = new CountDownLatch(2);
        run(
                (table, _, _) -> {
                    if (!table.name().equals("child")) {
                        both.countDown();
                        await(both);
                    }
                },
                table("one", 1),
                table("two", 1),
                table("child", 1, "one", "two", "child"));
        assertEquals(List.of("+child", "-child"), log.subList(4, 6));
    }

    /// The parent does not end before the table behind its child has.
    @Test
    void aTableThatHasToWaitLetsOthersPass() {
        CountDownLatch passed = new CountDownLatch(1);
        run(
                (table, _, _) -> {
                    switch (table.name()) {
                        case "parent" -> await(passed);
                        case "other" -> passed.countDown();
                        default -> {}
                    }
                },
                table("parent", 1),
                table("child", 1, "parent"),
                table("other", 1));
        assertTrue(log.indexOf("-parent") < log.indexOf("+child"), log::toString);
        assertEquals(6, log.size());
    }

    @Test
    void tablesThatReferToEachOtherDoNotLock() {
        run((_, _, _) -> {}, table("one", 1, "two"), table("two", 1, "one"));
        assertEquals(List.of("+one", "-one", "+two", "-two"), log);
    }

    @Test
    void aLargeTableTakesAllLanes() {
        AtomicInteger busy = new AtomicInteger();
        run(
                (table, _, granted) -> {
                    boolean large = table.name().equals("large");
                    int others = busy.getAndAdd(granted);
                    assertEquals(large ? 2 : 1, granted);
                    assertTrue(others + granted <= 2, "lanes are not handed out twice");
                    busy.addAndGet(-granted);
                },
                table("small", 1),
                table("large", 1_000_000),
                table("tiny", -1),
                table("last", 1));
        assertEquals(8, log.size());
    }

    @Test
    void aTableThatFailsStopsNoOther() {
        run(
                (table, _, _) -> {
                    if (table.name().equals("one")) {
                        throw ProblemException.of(ProblemCode.TIMED_OUT, "too long", "");
                    }
                },
                table("one", 1),
                table("child", 1, "one"),
                table("two", 1));
        assertTrue(log.contains("!one dataset 'one'"), log::toString);
        assertTrue(log.containsAll(List.of("-child", "-two")), log::toString);
    }
}
