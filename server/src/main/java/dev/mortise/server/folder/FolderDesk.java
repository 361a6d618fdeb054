package dev.mortise.server.folder;

import dev.mortise.server.document.Definitions;
import dev.mortise.server.document.ImportDesk;
import dev.mortise.server.project.ProjectDesk;
import dev.mortise.server.run.Run;
import dev.mortise.server.run.RunDesk;
import dev.mortise.server.run.RunRequest;
import dev.mortise.server.schedule.Schedule;
import dev.mortise.server.schedule.ScheduleDesk;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.KnownProjects;
import dev.mortise.server.web.Role;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Takes a project's folder in and has its flows run, for whoever started the server. What is done
/// goes through the same doors as a request, so the audit tells of it; its actor is `system`.
@Component
public final class FolderDesk {
    private static final Caller SYSTEM =
            new Caller("", "system", Map.of(Caller.EVERYWHERE, Role.ADMINISTRATOR), "");

    private final KnownProjects known;
    private final ProjectDesk projects;
    private final ImportDesk imports;
    private final Definitions definitions;
    private final RunDesk runs;
    private final ScheduleDesk schedules;

    FolderDesk(
            KnownProjects known,
            ProjectDesk projects,
            ImportDesk imports,
            Definitions definitions,
            RunDesk runs,
            ScheduleDesk schedules) {
        this.known = known;
        this.projects = projects;
        this.imports = imports;
        this.definitions = definitions;
        this.runs = runs;
        this.schedules = schedules;
    }

    /// What came of a run.
    ///
    /// @param state as in the API, such as `succeeded`
    public record Outcome(String state, long read, long written, long rejected) {
        /// Whether all rows are accounted for.
        public boolean isDone() {
            return Run.State.of(state) == Run.State.SUCCEEDED
                    || Run.State.of(state) == Run.State.REJECTED;
        }
    }

    /// Makes the folder's documents those of a project, published; the project is made when there
    /// is none. What runs knew of the systems before is forgotten.
    public void adopt(String project, String title, Path folder) throws IOException {
        if (!known.knows(project)) {
            projects.add(project, title, ProjectDesk.COLOR, SYSTEM);
        }
        forget(definitions.folder(project).resolve(".mortise"));
        imports.adopt(project, folder, SYSTEM);
    }

    private static void forget(Path state) throws IOException {
        if (!Files.isDirectory(state)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(state)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /// Runs a published flow and waits for its end.
    ///
    /// @param most when it is not over by then, it is no longer waited for
    public Outcome run(String project, String flow, Duration most) {
        int revision = runs.published(project, flow).orElseThrow(() -> unpublished(flow));
        RunRequest wish = RunRequest.of(project, flow, revision, Run.Cause.MANUAL, SYSTEM.login());
        Run ended = runs.await(runs.start(wish, SYSTEM), most);
        Run.Rows rows = ended.rows();
        return new Outcome(ended.state().word(), rows.read(), rows.written(), rows.rejected());
    }

    private static ProblemException unpublished(String flow) {
        return new ProblemException(
                Problem.of(
                        ProblemCode.FLOW_UNKNOWN,
                        "no published flow is called '" + flow + "'",
                        "publish it first"));
    }

    /// Lets a flow run by itself, unless it does already.
    ///
    /// @param cron as in a schedule, such as `0 6 * * *`
    public void schedule(String project, String flow, String cron, String zone) {
        Schedule.FlowName name = new Schedule.FlowName(project, flow);
        if (!schedules.knows(name)) {
            schedules.add(name, cron, zone, SYSTEM);
        }
    }
}
