package dev.mortise.server.run;

import dev.mortise.server.web.ProblemBody;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.ObjectMapper;

/// What can be wrong with a run besides what the engine says.
final class RunProblems {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RunProblems() {}

    static String json(Problem problem) {
        return JSON.writeValueAsString(ProblemBody.One.of(problem));
    }

    static Problem deadly(int times) {
        return Problem.of(
                ProblemCode.SERVER_FAILED,
                "the server that ran this stopped " + times + " times before a row was moved",
                "look into the server's log and its memory, then run again");
    }

    static Problem gone() {
        return Problem.of(
                ProblemCode.SERVER_FAILED,
                "the server that ran this is gone",
                "nothing needs to be done: another attempt goes on");
    }

    static ProblemException lost(String id) {
        return ProblemException.of(
                ProblemCode.FENCED,
                "run '" + id + "' is another server's by now",
                "nothing needs to be done: the other server goes on");
    }

    static ProblemException missing(String id) {
        return ProblemException.of(
                ProblemCode.NOT_FOUND, "there is no run '" + id + "'", "choose one from the list");
    }

    static ProblemException unpublished(String flow) {
        return ProblemException.of(
                ProblemCode.NOT_FOUND,
                "flow '" + flow + "' is not published",
                "publish it, or name the revision to run");
    }

    static ProblemException active(String flow) {
        return ProblemException.of(
                ProblemCode.LOCKED,
                "flow '" + flow + "' runs, or is about to",
                "wait until the run is over, or cancel it, and rename then");
    }

    static ProblemException noRevision(int revision) {
        return ProblemException.of(
                ProblemCode.NOT_FOUND,
                "there is no revision " + revision,
                "choose one from the list");
    }

    static Problem unwritable(Path folder, IOException e) {
        return new Problem(
                ProblemCode.IO_FAILED,
                "making the folder of the project: " + e.getMessage(),
                folder.getFileName().toString(),
                "free space or mend the rights of the server's home");
    }

    static Problem cancelled() {
        return Problem.of(
                ProblemCode.CANCELLED, "the run was cancelled", "run it again: it goes on");
    }
}
