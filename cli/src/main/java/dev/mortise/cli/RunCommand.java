package dev.mortise.cli;

import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.plan.CopyPlanner;
import dev.mortise.engine.plan.Plan;
import dev.mortise.engine.plan.Planner;
import dev.mortise.engine.run.FlowRun;
import dev.mortise.engine.run.Receipt;
import dev.mortise.engine.verify.StepVerdict;
import dev.mortise.engine.verify.VerifyReport;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
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

    @Parameters(paramLabel = "FLOW", description = "name of a flow, or its file")
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
        Optional<Project> project = options.sound(terminal, flow);
        if (project.isEmpty()) {
            return Exit.WRONG;
        }
        Flow wanted = ProjectOptions.flow(project.get(), flow);
        try (Session session = new Session(project.get(), options.state())) {
            int code = run(session, wanted);
            session.warnings().show(terminal);
            report(session, wanted);
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

    private int run(Session session, Flow wanted) {
        Planner planner = session.planner();
        if (wanted.copy().isPresent()) {
            CopyPlanner copy = new CopyPlanner(session.connections(), planner, wanted);
            return run((run, wish) -> run.run(copy, wanted, wish, session::verify));
        }
        Plan plan = planner.plan(wanted);
        if (!plan.problems().isEmpty()) {
            terminal.problems(plan.problems());
            return Exit.of(plan.problems());
        }
        return run((run, wish) -> run.run(plan, wish, session::verify));
    }

    private int run(BiFunction<FlowRun, FlowRun.Wish, Receipt> work) {
        Receipt receipt;
        try (ProgressLine progress = new ProgressLine(terminal)) {
            FlowRun run =
                    new FlowRun(
                            options.state(),
                            InstantSource.system(),
                            RandomGenerator.getDefault(),
                            progress);
            receipt = work.apply(run, new FlowRun.Wish(fresh, LANES));
        }
        new ReceiptText(terminal).show(receipt, json);
        return Exit.of(receipt);
    }
}
