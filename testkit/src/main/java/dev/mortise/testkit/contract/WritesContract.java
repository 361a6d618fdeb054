package dev.mortise.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.connect.Writes;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of the rows in each mode, and that nothing shows before its time.
public interface WritesContract extends RunsContract, RejectsContract {
    @Test
    default void appendAddsToTheRowsThere() {
        write("contract_append", WriteMode.APPEND, samples(10, 15));
        Rows.assertSame(List.of(samples(0, 15)), readBack(dataset("contract_append")));
    }

    @Test
    default void upsertReplacesRowsWithTheSameKey() {
        write("contract_upsert", WriteMode.UPSERT, changed(5, 15));
        Rows.assertSame(
                List.of(samples(0, 5), changed(5, 15)), readBack(dataset("contract_upsert")));
    }

    @Test
    default void theLastOfEqualKeysInABatchWins() {
        Batch older = samples(5, 12);
        Batch newer = changed(5, 12);
        List<List<String>> rows = new ArrayList<>(Rows.texts(List.of(older, newer)));
        write("contract_twice", WriteMode.UPSERT, Rows.batch(sampleSchema(), rows));
        Rows.assertSame(List.of(samples(0, 5), newer), readBack(dataset("contract_twice")));
    }

    @Test
    default void replaceLeavesOnlyTheNewRows() {
        write("contract_replace", WriteMode.REPLACE, changed(5, 15));
        Rows.assertSame(List.of(changed(5, 15)), readBack(dataset("contract_replace")));
    }

    @Test
    default void replaceByNothingLeavesNothing() {
        write("contract_emptied", WriteMode.REPLACE);
        assertEquals(0, Rows.count(readBack(dataset("contract_emptied"))));
    }

    @Test
    default void mirrorDeletesRowsWhoseKeyDidNotArrive() {
        write("contract_mirror", WriteMode.MIRROR, changed(5, 15));
        Rows.assertSame(List.of(changed(5, 15)), readBack(dataset("contract_mirror")));
    }

    /// Runs over a dataset that holds the rows 0 to 9.
    private void write(String word, WriteMode mode, Batch... batches) {
        assumeTrue(modes().contains(mode), "the system cannot " + mode);
        String dataset = seedSamples(word, 0, 10);
        try (Connector connector = open()) {
            Writing.run((Writes) connector, target(dataset, mode), List.of(batches));
        }
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    default void makesAMissingDatasetWhenAsked(WriteMode mode) {
        assumeTrue(modes().contains(mode), "the system cannot " + mode);
        String dataset = dataset("contract_made");
        drop(dataset);
        try (Connector connector = open()) {
            Writing.run((Writes) connector, target(dataset, mode), List.of(samples(0, 20)));
        }
        Rows.assertSame(List.of(samples(0, 20)), readBack(dataset));
    }

    @Test
    default void refusesAMissingDatasetWhenNotAsked() {
        String dataset = dataset("contract_absent");
        drop(dataset);
        Target made = target(dataset, modes().iterator().next());
        Target target =
                new Target(made.task(), dataset, made.schema(), made.mode(), made.key(), false);
        try (Connector connector = open()) {
            Writes writes = (Writes) connector;
            var thrown =
                    assertThrows(
                            ProblemException.class,
                            () -> {
                                try (Sink sink = writes.sink(target)) {
                                    sink.plan();
                                }
                            });
            assertEquals(ProblemCode.DATASET_MISSING, thrown.problem().code());
        }
    }

    @Test
    default void aPlanNamesTheTypesAndChangesNothing() {
        String dataset = dataset("contract_planned");
        drop(dataset);
        try (Connector connector = open()) {
            Writes writes = (Writes) connector;
            Target target = target(dataset, modes().iterator().next());
            try (Sink sink = writes.sink(target)) {
                var plan = sink.plan();
                assertEquals(sampleSchema().names(), plan.schema().names());
                assertTrue(plan.nativeTypes().keySet().containsAll(sampleSchema().names()));
            }
            Target absent =
                    new Target(
                            target.task(),
                            dataset,
                            target.schema(),
                            target.mode(),
                            target.key(),
                            false);
            assertThrows(
                    ProblemException.class,
                    () -> {
                        try (Sink sink = writes.sink(absent)) {
                            sink.plan();
                        }
                    },
                    "the plan made the dataset");
        }
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    default void nothingIsVisibleBeforeItsTime(WriteMode mode) {
        assumeTrue(modes().contains(mode), "the system cannot " + mode);
        String dataset = seedSamples("contract_visible", 0, 10);
        boolean publishesAtTheEnd = mode == WriteMode.REPLACE || mode == WriteMode.MIRROR;
        try (Connector connector = open();
                Sink sink = ((Writes) connector).sink(target(dataset, mode))) {
            Writing.begin(sink, Writing.PART);
            try (Lane lane = sink.lane()) {
                lane.write(samples(10, 20), Reading.NONE);
                Rows.assertSame(List.of(samples(0, 10)), readBack(dataset));
                lane.commit(Writing.PART, null, 0);
            }
            if (publishesAtTheEnd) {
                Rows.assertSame(List.of(samples(0, 10)), readBack(dataset));
            }
            sink.finish(null);
            Batch expected = publishesAtTheEnd ? samples(10, 20) : samples(0, 20);
            Rows.assertSame(List.of(expected), readBack(dataset));
        }
    }

    @Test
    default void abortLeavesNothingAndTheLaneGoesOn() {
        String dataset = seedSamples("contract_abort", 0, 10);
        WriteMode mode = modes().contains(WriteMode.APPEND) ? WriteMode.APPEND : WriteMode.REPLACE;
        try (Connector connector = open();
                Sink sink = ((Writes) connector).sink(target(dataset, mode))) {
            Writing.begin(sink, Writing.PART);
            try (Lane lane = sink.lane()) {
                lane.abort();
                lane.write(samples(10, 20), Reading.NONE);
                lane.abort();
                lane.abort();
                lane.write(samples(20, 30), Reading.NONE);
                lane.commit(Writing.PART, null, 0);
            }
            sink.finish(null);
        }
        List<Batch> old = mode == WriteMode.APPEND ? List.of(samples(0, 10)) : List.of();
        List<Batch> expected = new ArrayList<>(old);
        expected.add(samples(20, 30));
        Rows.assertSame(expected, readBack(dataset));
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    default void lanesWriteSideBySide(WriteMode mode)
            throws InterruptedException, ExecutionException {
        assumeTrue(modes().contains(mode), "the system cannot " + mode);
        String dataset = seedSamples("contract_lanes", 0, 0);
        Range[] parts = new Range[4];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new Range(i, "part " + i);
        }
        try (Connector connector = open();
                Sink sink = ((Writes) connector).sink(target(dataset, mode));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Writing.begin(sink, parts);
            List<Callable<Integer>> writers = new ArrayList<>();
            for (Range part : parts) {
                long first = part.part() * 500L;
                writers.add(
                        () -> {
                            Writing.writePart(sink, part, List.of(samples(first, first + 500)));
                            return part.part();
                        });
            }
            for (Future<Integer> writer : threads.invokeAll(writers)) {
                writer.get();
            }
            sink.finish(null);
        }
        Rows.assertSame(List.of(samples(0, 2_000)), readBack(dataset));
    }
}
