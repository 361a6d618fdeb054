package dev.mortise.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Claim;
import dev.mortise.spi.connect.Claim.PartState;
import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.Fence;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.connect.Writes;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Effect exactly once: an older run commits nothing, a later one goes on where the target stands,
/// and saying a thing twice does it once.
public interface RunsContract extends WritesFixture {
    /// Whether two lanes may hold open transactions at once; a file with one writer at a time
    /// makes the second wait.
    default boolean writesAtOnce() {
        return true;
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    default void anOlderRunCommitsNothingAfterANewClaim(WriteMode mode) {
        assumeTrue(modes().contains(mode), "the system cannot " + mode);
        String dataset = seedSamples("contract_fenced", 0, 10);
        try (Connector connector = open();
                Sink old = ((Writes) connector).sink(target(dataset, mode));
                Sink young = ((Writes) connector).sink(target(dataset, mode))) {
            Writing.begin(old, Writing.PART);
            try (Lane lane = old.lane()) {
                if (writesAtOnce()) {
                    lane.write(samples(10, 20), Reading.NONE);
                }
                Claim claim = young.claim();
                if (writesAtOnce()) {
                    assertFenced(() -> lane.commit(Writing.PART, null, 0));
                    lane.abort();
                }
                assertFenced(
                        () -> {
                            lane.write(samples(20, 30), Reading.NONE);
                            lane.commit(Writing.PART, null, 0);
                        });
                lane.abort();
                assertEquals(List.of(new PartState(Writing.PART, false, 0, 0)), claim.parts());
            }
            assertFenced(() -> old.finish("7"));
            Rows.assertSame(List.of(samples(0, 10)), readBack(dataset));
            Writing.writePart(young, Writing.PART, List.of(samples(30, 40)));
            young.finish(null);
        }
        Rows.assertSame(after(mode, samples(30, 40)), readBack(dataset));
    }

    /// Two owners of one run: the older was paused and wakes at every point of its way.
    @ParameterizedTest
    @EnumSource(WriteMode.class)
    default void anOwnerThatWasGivenUpCommitsNothing(WriteMode mode) {
        assumeTrue(modes().contains(mode), "the system cannot " + mode);
        String dataset = seedSamples("contract_owned_" + mode.name().charAt(0), 0, 10);
        Target target = target(dataset, mode);
        Target given = target.with(new Fence(7));
        Target taken = target.with(new Fence(8));
        try (Connector connector = open();
                Sink early = ((Writes) connector).sink(given);
                Sink late = ((Writes) connector).sink(given);
                Sink owner = ((Writes) connector).sink(taken)) {
            Writing.begin(early, Writing.PART);
            owner.plan();
            Claim claim = owner.claim();
            assertTrue(claim.epoch() >= new Fence(8).first(), "an epoch of its own band");
            late.plan();
            assertFenced(late::claim);
            try (Lane lane = early.lane()) {
                assertFenced(
                        () -> {
                            lane.write(samples(20, 30), Reading.NONE);
                            lane.commit(Writing.PART, null, 0);
                        });
                lane.abort();
            }
            assertFenced(() -> early.finish("7"));
            assertFenced(early::claim);
            Rows.assertSame(List.of(samples(0, 10)), readBack(dataset));
            Writing.writePart(owner, Writing.PART, List.of(samples(30, 40)));
            assertFenced(late::claim);
            owner.finish(null);
            assertFenced(late::claim);
        }
        Rows.assertSame(after(mode, samples(30, 40)), readBack(dataset));
        assertTheNextRunOutranks(target, new Fence(8));
    }

    /// A run without an owner, as from the command line, comes after any.
    private void assertTheNextRunOutranks(Target target, Fence owner) {
        try (Connector connector = open();
                Sink next = ((Writes) connector).sink(target)) {
            next.plan();
            assertTrue(next.claim().epoch() > owner.first(), "epochs rise");
        }
    }

    private static void assertFenced(Executable act) {
        var thrown = assertThrows(ProblemException.class, act);
        assertEquals(ProblemCode.FENCED, thrown.problem().code(), thrown::getMessage);
    }

    /// What a dataset with the rows 0 to 9 holds when a run has written others.
    private List<Batch> after(WriteMode mode, Batch written) {
        return switch (mode) {
            case APPEND, UPSERT -> List.of(samples(0, 10), written);
            case REPLACE, MIRROR -> List.of(written);
        };
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    default void aNewClaimGoesOnWhereADeadRunStood(WriteMode mode) {
        assumeTrue(modes().contains(mode), "the system cannot " + mode);
        String dataset = seedSamples("contract_resumed", 0, 10);
        Range done = new Range(0, "0-100");
        Range begun = new Range(1, "100-200");
        Range rest = new Range(1, "150-200");
        Range untouched = new Range(2, "200-300");
        long epoch = dieMidway(target(dataset, mode), done, begun, rest, untouched);
        try (Connector connector = open();
                Sink sink = ((Writes) connector).sink(target(dataset, mode))) {
            sink.plan();
            Claim claim = sink.claim();
            assertTrue(claim.epoch() > epoch, "epochs rise");
            assertEquals(
                    List.of(
                            new PartState(done, true, 90, 2),
                            new PartState(rest, false, 50, 1),
                            new PartState(untouched, false, 0, 0)),
                    claim.parts());
            Writing.writePart(sink, rest, List.of(samples(150, 200)));
            Writing.writePart(sink, untouched, List.of(samples(200, 300)));
            sink.finish(null);
        }
        Rows.assertSame(after(mode, samples(10, 300)), readBack(dataset));
    }

    private long dieMidway(Target target, Range done, Range begun, Range rest, Range untouched) {
        try (Connector connector = open();
                Sink sink = ((Writes) connector).sink(target)) {
            sink.plan();
            long epoch = sink.claim().epoch();
            sink.begin(List.of(done, begun, untouched));
            try (Lane lane = sink.lane()) {
                lane.write(samples(10, 60), Reading.NONE);
                lane.write(samples(60, 100), Reading.NONE);
                lane.commit(done, null, 2);
                lane.write(samples(100, 150), Reading.NONE);
                lane.commit(begun, rest, 1);
                lane.write(samples(150, 190), Reading.NONE);
            }
            return epoch;
        }
    }

    /// Whether the ledger of the system notices that the rows of a dead run are gone.
    default boolean missesRows() {
        return true;
    }

    @ParameterizedTest
    @EnumSource(names = {"APPEND", "UPSERT"})
    default void aDeadRunWhoseRowsAreGoneIsNotGoneOnWith(WriteMode mode) {
        assumeTrue(missesRows(), "the system keeps no rows where others could take them");
        assumeTrue(modes().contains(mode), "the system cannot " + mode);
        String dataset = seedSamples("contract_gone", 0, 10);
        Range[] parts = {new Range(0, "a"), new Range(1, "b"), new Range(2, "c")};
        dieMidway(target(dataset, mode), parts[0], parts[1], new Range(1, "rest"), parts[2]);
        seedSamples("contract_gone", 0, 0);
        try (Connector connector = open();
                Sink sink = ((Writes) connector).sink(target(dataset, mode))) {
            assertEquals(List.of(), sink.claim().parts());
        }
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    default void beginningAnewForgetsADeadRun(WriteMode mode) {
        assumeTrue(mode == WriteMode.REPLACE || mode == WriteMode.MIRROR, "rows stay as they are");
        assumeTrue(modes().contains(mode), "the system cannot " + mode);
        String dataset = seedSamples("contract_anew", 0, 10);
        Range[] parts = {new Range(0, "a"), new Range(1, "b"), new Range(2, "c")};
        dieMidway(target(dataset, mode), parts[0], parts[1], new Range(1, "rest"), parts[2]);
        try (Connector connector = open()) {
            Writing.run((Writes) connector, target(dataset, mode), List.of(samples(400, 420)));
        }
        Rows.assertSame(List.of(samples(400, 420)), readBack(dataset));
    }

    @ParameterizedTest
    @EnumSource(
            value = WriteMode.class,
            names = {"APPEND", "REPLACE"})
    default void aCommitWhoseAnswerWasLostIsNotDoneTwice(WriteMode mode) {
        assumeTrue(modes().contains(mode), "the system cannot " + mode);
        // Without a key nothing but the checkpoint keeps a second copy out.
        String dataset = dataset("contract_again");
        seed(dataset, sampleSchema(), List.of(), List.of());
        Range rest = new Range(0, "second half");
        try (Connector connector = open();
                Sink sink = ((Writes) connector).sink(target(dataset, mode))) {
            Writing.begin(sink, Writing.PART);
            try (Lane lane = sink.lane()) {
                for (int attempt = 0; attempt < 2; attempt++) {
                    lane.write(samples(0, 20), Reading.NONE);
                    lane.commit(Writing.PART, rest, 0);
                }
                for (int attempt = 0; attempt < 2; attempt++) {
                    lane.write(samples(20, 40), Reading.NONE);
                    lane.commit(rest, null, 0);
                }
            }
            sink.finish(null);
        }
        Rows.assertSame(List.of(samples(0, 40)), readBack(dataset));
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    default void finishingTwiceIsHarmless(WriteMode mode) {
        assumeTrue(modes().contains(mode), "the system cannot " + mode);
        String dataset = seedSamples("contract_finished", 0, 10);
        try (Connector connector = open();
                Sink sink = ((Writes) connector).sink(target(dataset, mode))) {
            Writing.begin(sink, Writing.PART);
            Writing.writePart(sink, Writing.PART, List.of(samples(10, 20)));
            sink.finish("19");
            sink.finish("19");
        }
        Rows.assertSame(after(mode, samples(10, 20)), readBack(dataset));
    }

    @Test
    default void theCursorStaysUntilAnotherIsKept() {
        String dataset = seedSamples("contract_kept", 0, 0);
        var target = target(dataset, modes().iterator().next());
        try (Connector connector = open()) {
            Writes writes = (Writes) connector;
            Writing.run(writes, target, List.of(samples(0, 5)), "2024-02-29 23:59:59.000001");
            Writing.run(writes, target, List.of(samples(5, 9)), null);
            try (Sink sink = writes.sink(target)) {
                sink.plan();
                Claim claim = sink.claim();
                assertEquals(Optional.of("2024-02-29 23:59:59.000001"), claim.cursor());
                assertEquals(List.of(), claim.parts());
            }
            Writing.run(writes, target, List.of(samples(9, 12)), "zwölf");
            try (Sink sink = writes.sink(target)) {
                sink.plan();
                assertEquals(Optional.of("zwölf"), sink.claim().cursor());
            }
        }
    }
}
