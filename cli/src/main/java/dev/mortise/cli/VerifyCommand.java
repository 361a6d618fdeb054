package dev.mortise.cli;

import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Flow.VerifyMode;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.plan.Plan;
import dev.mortise.engine.run.ReceiptJson;
import dev.mortise.engine.session.Session;
import dev.mortise.engine.verify.StepVerdict;
import dev.mortise.engine.verify.VerifyReport;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = "Compares source and target through the flow's own mapping.")
final class VerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private ProjectOptions options = new ProjectOptions();

    @Parameters(
            paramLabel = "FLOW",
            descriptionKey = "FLOW",
            description = "name of a flow, or its file")
    private String flow = "";

    @Option(names = "--repair", description = "copy again what differs, and only that")
    private boolean repair;

    @Option(
            names = "--fresh",
            description = "forget an unfinished verification instead of going on with it")
    private boolean fresh;

    @Option(names = "--json", description = "print the report as one JSON object")
    private boolean json;

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try {
            Project project = options.load(terminal);
            List<Problem> problems = options.problems(project, flow);
            if (!problems.isEmpty()) {
                return refuse(problems);
            }
            Flow wanted = ProjectOptions.flow(project, flow);
            try (Session session = new Session(project, options.state())) {
                return verify(session, wanted);
            }
        } catch (ProblemException e) {
            return refuse(List.of(e.problem()));
        }
    }

    private int refuse(List<Problem> problems) {
        terminal.problems(problems);
        if (json) {
            terminal.out(ReceiptJson.refused(ProjectOptions.bare(flow), problems));
        }
        return Exit.of(problems);
    }

    private int verify(Session session, Flow wanted) {
        if (fresh) {
            session.forgetNotes(wanted);
        }
        List<StepVerdict> verdicts = new ArrayList<>();
        for (Plan plan : session.plans(wanted)) {
            if (!plan.problems().isEmpty()) {
                return refuse(plan.problems());
            }
            verdicts.addAll(repair ? session.repair(plan) : session.verify(plan, VerifyMode.FULL));
        }
        VerifyReport report =
                new VerifyReport(wanted.name(), InstantSource.system().instant(), verdicts);
        terminal.err(
                terminal.word("verify.report", report.write(options.state().resolve("reports"))));
        show(report);
        session.forgetNotes(wanted);
        return report.go() ? Exit.DONE : Exit.REJECTED;
    }

    private void show(VerifyReport report) {
        if (json) {
            terminal.out(report.json().replaceAll("\\s*\\n\\s*", " "));
            return;
        }
        terminal.out(terminal.word(report.go() ? "verify.go" : "verify.nogo", report.flow()));
        if (report.resumed()) {
            terminal.out(terminal.word("verify.resumed", Numbers.grouped(report.resumedRows())));
        }
        List<List<String>> rows = new ArrayList<>();
        for (StepVerdict verdict : report.verdicts()) {
            rows.add(
                    List.of(
                            verdict.step(),
                            Numbers.grouped(verdict.sourceRows()),
                            Numbers.grouped(verdict.targetRows()),
                            Numbers.grouped(verdict.missing()),
                            Numbers.grouped(verdict.extra()),
                            Numbers.grouped(verdict.different()),
                            Numbers.grouped(verdict.expected())));
        }
        List<String> heading = new ArrayList<>();
        for (String key :
                List.of("step", "source", "target", "missing", "extra", "different", "expected")) {
            heading.add(terminal.word("column." + key));
        }
        new Table(heading, rows).lines().forEach(terminal::out);
    }
}
