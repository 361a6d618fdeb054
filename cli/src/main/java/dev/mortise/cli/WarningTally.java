package dev.mortise.cli;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// Counts the rows in a target that break rules which only warn.
final class WarningTally {
    private final Map<String, Long> rows = new ConcurrentSkipListMap<>();

    void add(String rule, long more) {
        rows.merge(rule, more, Long::sum);
    }

    void show(Terminal terminal) {
        rows.forEach((rule, count) -> terminal.err(terminal.word("warned", count, rule)));
    }
}
