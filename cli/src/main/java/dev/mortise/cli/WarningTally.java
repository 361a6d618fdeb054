package dev.mortise.cli;

import dev.mortise.engine.flow.Step;
import dev.mortise.engine.operator.Warnings;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// Counts the rows that broke rules which only warn.
final class WarningTally implements Warnings {
    private final Map<String, Long> rows = new ConcurrentSkipListMap<>();

    @Override
    public void broken(Step.Rule rule, long more) {
        rows.merge(rule.text(), more, Long::sum);
    }

    void show(Terminal terminal) {
        rows.forEach((rule, count) -> terminal.err(terminal.word("warned", count, rule)));
    }
}
