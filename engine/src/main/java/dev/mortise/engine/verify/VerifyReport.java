package dev.mortise.engine.verify;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The outcome of a verification as a file to keep and to hand on: go or no-go, with the figures
/// and the first differences. JSON for programs, HTML for people.
public record VerifyReport(String flow, Instant at, List<StepVerdict> verdicts) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public VerifyReport {
        verdicts = List.copyOf(verdicts);
    }

    /// Whether every target is as it should be.
    public boolean go() {
        return verdicts.stream().allMatch(StepVerdict::equal);
    }

    /// Writes both files.
    ///
    /// @return the HTML file
    public Path write(Path folder) {
        String name = flow + "-" + at.toString().replaceAll("[-:]|\\..*", "");
        Path html = folder.resolve(name + ".html");
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name + ".json"), json());
            Files.writeString(html, new VerifyPage(this).html());
            return html;
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.IO_FAILED,
                            "writing the report: " + e.getMessage(),
                            folder.toString(),
                            "free space or mend the rights of the folder"),
                    e);
        }
    }

    public String json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("flow", flow);
        root.put("at", at.toString());
        root.put("verdict", go() ? "go" : "no-go");
        ArrayNode steps = root.putArray("steps");
        verdicts.forEach(verdict -> step(steps.addObject(), verdict));
        return root.toPrettyString();
    }

    private static void step(ObjectNode node, StepVerdict verdict) {
        node.put("step", verdict.step());
        node.put("dataset", verdict.dataset());
        node.put("source_rows", verdict.sourceRows());
        node.put("target_rows", verdict.targetRows());
        node.put("missing", verdict.missing());
        node.put("extra", verdict.extra());
        node.put("different", verdict.different());
        node.put("expected", verdict.expected());
        ArrayNode differences = node.putArray("differences");
        verdict.differences().forEach(d -> difference(differences.addObject(), d));
    }

    private static void difference(ObjectNode node, Difference difference) {
        node.put("kind", difference.kind().name().toLowerCase(Locale.ROOT));
        ObjectNode key = node.putObject("key");
        difference.key().forEach(key::put);
        ObjectNode columns = node.putObject("columns");
        difference
                .columns()
                .forEach(
                        (name, values) ->
                                columns.putObject(name)
                                        .put("source", values.source())
                                        .put("target", values.target()));
    }
}
