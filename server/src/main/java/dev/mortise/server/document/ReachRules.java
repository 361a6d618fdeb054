package dev.mortise.server.document;

import dev.mortise.api.egress.Reach;
import dev.mortise.engine.flow.Connection;
import dev.mortise.engine.flow.Project;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.server.web.Role;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may let a connection call where clouds keep credentials: an administrator of its project.
public final class ReachRules {
    private static final String OPTION = "reach";

    private ReachRules() {}

    /// @param read the project with the connections as they are to be
    /// @param names of those that are new or changed
    /// @throws ProblemsException one problem for each that reaches too far
    public static void demand(
            String project, Project read, Collection<String> names, Caller caller) {
        if (caller.may(Role.ADMINISTRATOR, project)) {
            return;
        }
        List<Problem> problems =
                names.stream()
                        .filter(name -> isAny(read.connections().get(name)))
                        .map(ReachRules::refused)
                        .toList();
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    private static Problem refused(String name) {
        return Problem.of(
                        ProblemCode.NOT_ALLOWED,
                        ("only an administrator may let connection '%s' reach link-local addresses"
                                        + " and those where clouds keep credentials")
                                .formatted(name),
                        "ask one, or write 'reach: private' or nothing")
                .at("connections/" + name + ".yaml");
    }

    private static boolean isAny(@Nullable Connection connection) {
        return connection != null
                && connection.factory().options().stream()
                        .anyMatch(option -> option.name().equals(OPTION))
                && connection.settings().text(OPTION).equals(Reach.ANY.word());
    }
}
