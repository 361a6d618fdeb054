package dev.mortise.api.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.budget.Referee.Arrival;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes share limits over a quarter of a second, a second and a day, and a concurrency, with
/// calls of two weights. The vendor counts: no call over any limit, and none of the day left over.
final class BudgetBarTest {
    /// The bar is 100,000 calls, which `-Dmortise.calls=100000` makes in some minutes.
    private static final int CALLS = Integer.getInteger("mortise.calls", 1_000);

    private static final int PROCESSES = 3;
    private static final int THREADS = 16;

    /// A quarter of the threads weigh 3, so at least so much weight is that many calls.
    private static final long QUOTA = CALLS * 2L;

    @TempDir private Path folder = Path.of("");

    @Test
    void passesNoLimitOverProcessesAndUsesUpTheDay() throws Exception {
        List<Process> processes = new ArrayList<>();
        long began = System.nanoTime();
        try (StrictVendor vendor = new StrictVendor()) {
            try {
                for (int i = 0; i < PROCESSES; i++) {
                    processes.add(start(vendor, "p" + i));
                }
                for (Process process : processes) {
                    assertTrue(process.waitFor(60 + CALLS / 100, TimeUnit.SECONDS), "it ends");
                    assertEquals(0, process.exitValue());
                }
            } finally {
                processes.forEach(Process::destroyForcibly);
            }
            judge(vendor, began);
        }
    }

    private void judge(StrictVendor vendor, long began) throws Exception {
        List<Arrival> arrivals = vendor.arrivals();
        long weight = arrivals.stream().mapToLong(Arrival::weight).sum();
        long quarter = Referee.most(arrivals, 250_000);
        long second = Referee.most(arrivals, 1_000_000);
        String told =
                "%d calls of weight %d in %d s; most in 250 ms %d, in 1 s %d, at once %d"
                        .formatted(
                                arrivals.size(),
                                weight,
                                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began),
                                quarter,
                                second,
                                vendor.atOnceMax());
        Files.writeString(Path.of("target", "budget-bar.txt"), told + "\n");
        assertTrue(arrivals.size() >= CALLS, told);
        assertTrue(quarter <= CallingProcess.PER_QUARTER, told);
        assertTrue(second <= CallingProcess.PER_SECOND, told);
        assertTrue(vendor.atOnceMax() <= CallingProcess.AT_ONCE, told);
        assertTrue(weight <= QUOTA, told);
        // Who weighs 3 stops when less is left; who weighs 1 goes on to the last.
        assertEquals(QUOTA, weight, told);
        for (int i = 0; i < PROCESSES; i++) {
            String end = Files.readString(folder.resolve("p" + i));
            assertTrue(end.contains("is used up; it resets at"), end);
        }
    }

    private Process start(StrictVendor vendor, String name) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CallingProcess.class.getName(),
                        vendor.url().toString(),
                        folder.toString(),
                        Integer.toString(THREADS),
                        Long.toString(QUOTA),
                        noon().getId(),
                        folder.resolve(name).toString())
                .redirectError(folder.resolve(name + ".err").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// A zone where it is about noon, so that no day ends meanwhile.
    private static ZoneId noon() {
        int hour = ZonedDateTime.now(ZoneOffset.UTC).getHour();
        return ZoneOffset.ofHours(12 - hour);
    }
}
