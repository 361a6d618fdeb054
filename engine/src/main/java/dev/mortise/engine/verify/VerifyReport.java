package dev.mortise.engine.verify;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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

    /// Whether an earlier verification that was killed had done a part of it.
    public boolean resumed() {
        return resumedRows() > 0;
    }

    /// Rows of both sides that it had digested.
    public long resumedRows() {
        return verdicts.stream().mapToLong(StepVerdict::resumedRows).sum();
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
        root.put("resumed", resumed());
        ArrayNode steps = root.putArray("steps");
        verdicts.forEach(verdict -> VerdictJson.put(steps.addObject(), verdict));
        return root.toPrettyString();
    }
}
