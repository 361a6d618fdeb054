package dev.mortise.bench;

import dev.mortise.bench.workload.Scale;
import dev.mortise.bench.workload.Workloads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// What the command line asks for.
///
/// @param workloads names; none means only to show the table of what is on record
record Call(List<String> workloads, Scale scale, int cycles, boolean smoke, boolean readme) {
    static final String USAGE =
            """
            usage: ./mortise bench [WORKLOAD...] [--rows N] [--cycles N] [--smoke] [--readme]
                   ./mortise bench table [--readme]
                   ./mortise bench jmh [REGEX]

            WORKLOAD   one of %s; a word such as 'verify' stands for all
                       that begin with it; without one all but pg-20m, serve
            --rows     rows of a copy, 1000000 by default
            --cycles   cycles that have to count, 5 by default
            --smoke    few rows, one cycle, nothing kept: only that outputs are equal
            --readme   write the table into README.md and README.zh-CN.md
            """;
    private static final int CYCLES = 5;

    static Call parse(String... arguments) {
        Deque<String> left = new ArrayDeque<>(List.of(arguments));
        List<String> names = new ArrayList<>();
        long rows = -1;
        int cycles = -1;
        boolean smoke = false;
        boolean readme = false;
        boolean table = false;
        while (!left.isEmpty()) {
            String word = left.pop();
            switch (word) {
                case "--rows" -> rows = number(word, left);
                case "--cycles" -> cycles = (int) number(word, left);
                case "--smoke" -> smoke = true;
                case "--readme" -> readme = true;
                case "table" -> table = true;
                default -> names.addAll(named(word));
            }
        }
        Scale scale = smoke ? Scale.SMOKE : Scale.FULL;
        int usual = smoke ? 1 : CYCLES;
        return new Call(
                names.isEmpty() && !table ? Workloads.usual() : names,
                rows < 0 ? scale : scale.withRows(rows),
                cycles < 0 ? usual : cycles,
                smoke,
                readme);
    }

    private static List<String> named(String word) {
        List<String> names = Workloads.named(word);
        if (names.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown workload or option '%s'; expected one of %s"
                            .formatted(word, String.join(", ", Workloads.names())));
        }
        return names;
    }

    private static long number(String option, Deque<String> left) {
        String text = left.isEmpty() ? "" : left.pop();
        try {
            long number = Long.parseLong(text.replace("_", ""));
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new IllegalArgumentException(
                "option '%s' expects a number above 0, got '%s'".formatted(option, text));
    }
}
