package dev.mortise.server.web;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/// Lets a request through to its route when the caller has the role the route asks for. Somebody
/// who sees nothing of a project is told that there is none.
final class Gate implements HandlerInterceptor {
    private final Supplier<KnownProjects> projects;

    /// @param projects asked late, for it stands on what is put together after this
    Gate(Supplier<KnownProjects> projects) {
        this.projects = projects;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod route) || route.hasMethodAnnotation(Open.class)) {
            return true;
        }
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            // The end of an answer whose beginning was let through.
            return true;
        }
        Caller caller = CallerArgument.of(request).orElseThrow(Gate::nobody);
        if (route.hasMethodAnnotation(InPerson.class) && CallerArgument.isToken(request)) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.NOT_ALLOWED,
                            "an API token may not do this",
                            "sign in and do it yourself"));
        }
        Needs needs = route.getMethodAnnotation(Needs.class);
        if (needs != null) {
            String project = project(request);
            demand(caller, needs.value(), project);
            if (!project.equals(Caller.EVERYWHERE) && !projects.get().knows(project)) {
                throw missing(project);
            }
        }
        return true;
    }

    private static ProblemException missing(String project) {
        return new ProblemException(
                Problem.of(
                        ProblemCode.NOT_FOUND,
                        "no project is called '" + project + "'",
                        "choose one from the list, or ask its administrator for access"));
    }

    private static ProblemException nobody() {
        return new ProblemException(
                Problem.of(ProblemCode.NOT_SIGNED_IN, "nobody is signed in", "sign in"));
    }

    private static void demand(Caller caller, Role role, String project) {
        if (caller.may(role, project)) {
            return;
        }
        if (!project.equals(Caller.EVERYWHERE) && !caller.sees(project)) {
            throw missing(project);
        }
        throw new ProblemException(
                Problem.of(
                        ProblemCode.NOT_ALLOWED,
                        "this needs the role '%s'".formatted(role.word()),
                        "ask an administrator to grant it"));
    }

    private static String project(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        Object project = variables instanceof Map<?, ?> named ? named.get("project") : null;
        if (Caller.EVERYWHERE.equals(project)) {
            throw missing(Caller.EVERYWHERE);
        }
        return project == null ? Caller.EVERYWHERE : project.toString();
    }
}
