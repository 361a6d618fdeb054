package dev.mortise.cli;

import dev.mortise.engine.run.Receipt;
import dev.mortise.engine.run.ReceiptJson;
import dev.mortise.engine.run.StepCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Shows a receipt, as a table for people or as one line of JSON for scripts.
final class ReceiptText {
    private final Terminal terminal;

    ReceiptText(Terminal terminal) {
        this.terminal = terminal;
    }

    void show(Receipt receipt, boolean json) {
        terminal.problems(receipt.problems());
        if (json) {
            terminal.out(ReceiptJson.of(receipt));
            return;
        }
        terminal.out(headline(receipt));
        table(receipt).lines().forEach(terminal::out);
        receipt.verification().ifPresent(checked -> terminal.out(verified(checked)));
        if (receipt.rowsRejected() > 0) {
            terminal.out(terminal.word("receipt.dead", receipt.flow()));
        }
    }

    private String headline(Receipt receipt) {
        String seconds = String.format(Locale.ROOT, "%.1f", receipt.seconds());
        String state = terminal.word("state." + receipt.state());
        String resumed = receipt.resumed() ? terminal.word("receipt.resumed") : "";
        return terminal.word("receipt", receipt.flow(), receipt.run(), state, seconds) + resumed;
    }

    private Table table(Receipt receipt) {
        List<List<String>> rows = new ArrayList<>();
        receipt.steps().forEach((step, counts) -> rows.add(row(step, counts)));
        return new Table(
                List.of(
                        terminal.word("column.step"),
                        terminal.word("column.in"),
                        terminal.word("column.out"),
                        terminal.word("column.rejected"),
                        terminal.word("column.bytes")),
                rows);
    }

    private static List<String> row(String step, StepCounts counts) {
        return List.of(
                step,
                Numbers.grouped(counts.rowsIn()),
                Numbers.grouped(counts.rowsOut()),
                Numbers.grouped(counts.rowsRejected()),
                Numbers.bytes(counts.bytes()));
    }

    private String verified(Receipt.Checked checked) {
        return terminal.word(
                checked.equal() ? "verified.equal" : "verified.different",
                Numbers.grouped(checked.sourceRows()),
                Numbers.grouped(checked.targetRows()),
                checked.missing(),
                checked.extra(),
                checked.different());
    }
}
