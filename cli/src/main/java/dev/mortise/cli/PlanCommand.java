package dev.mortise.cli;

import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.plan.Plan;
import dev.mortise.spi.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "plan", description = "Shows what a run of a flow would do, and changes nothing.")
final class PlanCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private ProjectOptions options = new ProjectOptions();

    @Parameters(paramLabel = "FLOW", description = "name of a flow, or its file")
    private String flow = "";

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
            List<Problem> problems = show(session, wanted);
            terminal.problems(problems);
            terminal.out(terminal.word("plan.nothing"));
            return problems.isEmpty() ? Exit.DONE : Exit.of(problems);
        }
    }

    private List<Problem> show(Session session, Flow wanted) {
        PlanText text = new PlanText(terminal);
        List<Problem> problems = new ArrayList<>();
        for (Plan plan : session.plans(wanted)) {
            plan.pipelines().forEach(text::show);
            problems.addAll(plan.problems());
        }
        return problems;
    }
}
