package dev.mortise.engine.run;

import dev.mortise.spi.problem.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// A receipt as one line of JSON: the form scripts rely on.
public final class ReceiptJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReceiptJson() {}

    public static String of(Receipt receipt) {
        ObjectNode node = JSON.createObjectNode();
        node.put("flow", receipt.flow());
        node.put("run", receipt.run());
        node.put("state", receipt.state().name().toLowerCase(Locale.ROOT));
        node.put("seconds", Math.round(receipt.seconds() * 1000) / 1000.0);
        node.put("resumed", receipt.resumed());
        ObjectNode steps = node.putObject("steps");
        receipt.steps().forEach((name, counts) -> step(steps.putObject(name), counts));
        receipt.verification().ifPresent(c -> checked(node.putObject("verification"), c));
        if (!receipt.problems().isEmpty()) {
            problem(node.putObject("problem"), receipt.problems().getFirst());
        }
        return node.toString();
    }

    /// What is said of a run that never began.
    public static String refused(String flow, List<Problem> problems) {
        return of(
                new Receipt(
                        flow,
                        "",
                        Receipt.State.FAILED,
                        0,
                        false,
                        Map.of(),
                        Optional.empty(),
                        problems));
    }

    private static void step(ObjectNode node, StepCounts counts) {
        node.put("rows_in", counts.rowsIn());
        node.put("rows_out", counts.rowsOut());
        node.put("rows_rejected", counts.rowsRejected());
        node.put("bytes", counts.bytes());
    }

    static void checked(ObjectNode node, Receipt.Checked checked) {
        node.put("source_rows", checked.sourceRows());
        node.put("target_rows", checked.targetRows());
        node.put("missing", checked.missing());
        node.put("extra", checked.extra());
        node.put("different", checked.different());
    }

    static void problem(ObjectNode node, Problem problem) {
        node.put("code", problem.code().name());
        node.put("message", problem.message());
        node.put("place", problem.place());
        node.put("fix", problem.fix());
    }
}
