package dev.mortise.cli;

import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.plan.CopyPlanner;
import dev.mortise.engine.plan.Plan;
import dev.mortise.engine.plan.Planner;
import dev.mortise.engine.run.FlowRun;
import dev.mortise.engine.run.Receipt;
import dev.mortise.engine.run.ReceiptJson;
import dev.mortise.engine.session.Session;
import dev.mortise.engine.verify.StepVerdict;
import dev.mortise.engine.verify.VerifyReport;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "run", description = "Runs a flow; resumes an unfinished run.")
final class RunCommand implements Callable<Integer> {
    private static final int LANES = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);

    private final Terminal terminal;

    @Mixin private ProjectOptions options = new ProjectOptions();

    @Parameters(
            paramLabel = "FLOW",
            descriptionKey = "FLOW",
            description = "name of a flow, or its file")
    private String flow = "";

    @Option(names = "--fresh", description = "forget an unfinished run instead of resuming it")
    private boolean fresh;

    @Option(names = "--json", description = "print the receipt as one JSON object")
    private boolean json;

    RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try {
            Project project = options.load(terminal);
            List<Problem> problems = options.problems(project, flow);
            return problems.isEmpty() ? run(project) : refuse(problems);
        } catch (ProblemException e) {
            return refuse(List.of(e.problem()));
        }
    }

    private int run(Project project) {
        Flow wanted = ProjectOptions.flow(project, flow);
        try (Session session = new Session(project, options.state());
                ProgressLine progress = new ProgressLine(terminal)) {
            int code = run(session, wanted, progress);
            progress.warnings().show(terminal);
            report(session, wanted);
            if (code == Exit.DONE || code == Exit.REJECTED) {
                session.forgetNotes(wanted);
            }
            return code;
        }
    }

    private void report(Session session, Flow wanted) {
        List<StepVerdict> verdicts = session.verdicts();
        if (!verdicts.isEmpty()) {
            VerifyReport report =
                    new VerifyReport(wanted.name(), InstantSource.system().instant(), verdicts);
            Path file = report.write(options.state().resolve("reports"));
            terminal.err(terminal.word("verify.report", file));
        }
    }

    private int run(Session session, Flow wanted, ProgressLine progress) {
        FlowRun run =
                new FlowRun(
                        options.state(),
                        InstantSource.system(),
                        RandomGenerator.getDefault(),
                        progress,
                        receipt -> show(receipt, progress));
        FlowRun.Wish wish = new FlowRun.Wish(fresh, LANES);
        Planner planner = session.planner();
        if (wanted.copy().isPresent()) {
            CopyPlanner copy = new CopyPlanner(session.connections(), planner, wanted);
            return Exit.of(run.run(copy, wanted, wish, session::verify));
        }
        Plan plan = run.plan(wanted.name(), () -> planner.plan(wanted));
        return plan.problems().isEmpty()
                ? Exit.of(run.run(plan, wish, session::verify))
                : refuse(plan.problems());
    }

    private void show(Receipt receipt, ProgressLine progress) {
        progress.close();
        new ReceiptText(terminal).show(receipt, json);
    }

    /// Nothing was run.
    private int refuse(List<Problem> problems) {
        terminal.problems(problems);
        if (json) {
            terminal.out(ReceiptJson.refused(ProjectOptions.bare(flow), problems));
        }
        return Exit.of(problems);
    }
}
