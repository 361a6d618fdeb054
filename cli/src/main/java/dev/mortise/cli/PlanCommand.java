package dev.mortise.cli;

import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.lineage.Trace;
import dev.mortise.engine.plan.Lineage;
import dev.mortise.engine.plan.Pipeline;
import dev.mortise.engine.plan.Plan;
import dev.mortise.engine.plan.PlanJson;
import dev.mortise.engine.session.Session;
import dev.mortise.spi.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "plan", description = "Shows what a run of a flow would do, and changes nothing.")
final class PlanCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private ProjectOptions options = new ProjectOptions();

    @Parameters(
            paramLabel = "FLOW",
            descriptionKey = "FLOW",
            description = "name of a flow, or its file")
    private String flow = "";

    @Option(names = "--lineage", description = "tell what each column written comes from")
    private boolean lineage;

    @Option(names = "--json", description = "print the plan as one JSON object")
    private boolean json;

    PlanCommand(Terminal terminal) {
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
            PlanJson report = new PlanJson(wanted.name());
            List<Problem> problems = show(session, wanted, report);
            terminal.problems(problems);
            terminal.out(json ? report.text(problems) : terminal.word("plan.nothing"));
            return problems.isEmpty() ? Exit.DONE : Exit.of(problems);
        }
    }

    private List<Problem> show(Session session, Flow wanted, PlanJson report) {
        PlanText text = new PlanText(terminal);
        List<Problem> problems = new ArrayList<>();
        for (Plan plan : session.plans(wanted)) {
            Optional<Lineage> known = followed(session, plan);
            for (Pipeline pipeline : plan.pipelines()) {
                Optional<Trace> trace =
                        known.map(l -> l.trace(plan.flow().name(), pipeline.step()));
                if (json) {
                    report.add(pipeline, trace);
                } else {
                    text.show(pipeline);
                    trace.ifPresent(t -> text.show(pipeline.step(), t));
                }
            }
            problems.addAll(plan.problems());
        }
        return problems;
    }

    /// A flow with problems is planned as far as it goes; its lineage would be half a truth.
    private Optional<Lineage> followed(Session session, Plan plan) {
        if (!lineage || !plan.problems().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                Lineage.of(
                        List.of(plan.flow()),
                        session.expressions(),
                        Lineage.described(session.connections())));
    }
}
