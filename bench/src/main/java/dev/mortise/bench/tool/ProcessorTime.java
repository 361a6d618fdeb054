package dev.mortise.bench.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Processor time and memory from `/proc`. Time comes in ticks of 10 ms, so what is measured has to
/// last seconds.
public final class ProcessorTime {
    private static final Path PROC = Path.of("/proc");
    private static final long TICKS_A_SECOND = 100;
    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final int CHILDREN_UTIME = 13;
    private static final int CHILDREN_STIME = 14;
    private static final int STEAL = 8;

    private ProcessorTime() {}

    /// What our own children have taken that have ended, and their children.
    public static double ofEndedChildren() {
        long[] ticks = ticks("self");
        return seconds(ticks[CHILDREN_UTIME] + ticks[CHILDREN_STIME]);
    }

    /// What a server has taken so far: its live processes, and by the account of the first one also
    /// those that have ended, such as the backends of a PostgreSQL.
    public static double ofServer(List<Long> pids) {
        long sum = 0;
        for (int i = 0; i < pids.size(); i++) {
            long[] ticks = ticks(Long.toString(pids.get(i)));
            sum += ticks[UTIME] + ticks[STIME];
            if (i == 0) {
                sum += ticks[CHILDREN_UTIME] + ticks[CHILDREN_STIME];
            }
        }
        return seconds(sum);
    }

    private static double seconds(long ticks) {
        return (double) ticks / TICKS_A_SECOND;
    }

    // The name in brackets may hold blanks, so counting starts behind it.
    private static long[] ticks(String pid) {
        long[] fields = new long[CHILDREN_STIME + 1];
        try {
            String stat = Files.readString(PROC.resolve(pid).resolve("stat"));
            String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            for (int i = UTIME; i <= CHILDREN_STIME; i++) {
                fields[i] = Long.parseLong(words[i]);
            }
        } catch (IOException _) {
            // ended between the listing and now; its parent has its time
        }
        return fields;
    }

    /// The most memory a live process has held, 0 for one that has ended.
    static long peakRss(long pid) {
        try {
            for (String line : Files.readAllLines(PROC.resolve(pid + "/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
        } catch (IOException _) {
            // ended
        }
        return 0;
    }

    /// How many runnable processes there were over the last minute.
    public static double load() {
        try {
            return Double.parseDouble(Files.readString(PROC.resolve("loadavg")).split(" ", 2)[0]);
        } catch (IOException _) {
            return Double.NaN;
        }
    }

    /// Seconds for which another virtual machine had our processors.
    public static double stolen() {
        try {
            String line = Files.readString(PROC.resolve("stat")).lines().findFirst().orElse("");
            return seconds(Long.parseLong(line.trim().split("\\s+", -1)[STEAL]));
        } catch (IOException _) {
            return 0;
        }
    }
}
