package dev.mortise.server.project;

import static java.util.Objects.requireNonNullElse;

import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.store.Database;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Page;
import dev.mortise.server.web.Role;
import dev.mortise.server.web.SignedIn;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// `/api/projects`: which there are for the caller, and making, naming and removing them.
@RestController
class ProjectRoutes {
    private final Database database;
    private final ProjectStore projects;
    private final ProjectDesk desk;
    private final AuditStore audit;

    ProjectRoutes(Database database, ProjectStore projects, ProjectDesk desk, AuditStore audit) {
        this.database = database;
        this.projects = projects;
        this.desk = desk;
        this.audit = audit;
    }

    record ProjectBody(String name, @Nullable String title, @Nullable String color) {}

    record ProjectChange(@Nullable String title, @Nullable String color) {}

    @SignedIn
    @GetMapping("/api/projects")
    Page<Project> list(Caller caller) {
        List<Project> seen = projects.list().stream().filter(p -> caller.sees(p.name())).toList();
        return new Page<>(seen, null);
    }

    @Needs(Role.ADMINISTRATOR)
    @PostMapping("/api/projects")
    @ResponseStatus(HttpStatus.CREATED)
    Project add(@RequestBody ProjectBody body, Caller caller) {
        String name = requireNonNullElse(body.name(), "");
        return desk.add(
                name,
                requireNonNullElse(body.title(), name),
                requireNonNullElse(body.color(), ProjectDesk.COLOR),
                caller);
    }

    @Needs(Role.ADMINISTRATOR)
    @PatchMapping("/api/projects/{project}")
    Project change(@PathVariable String project, @RequestBody ProjectChange body, Caller caller) {
        Project before = demand(project);
        Project after =
                new Project(
                        project,
                        requireNonNullElse(body.title(), before.title()),
                        requireNonNullElse(body.color(), before.color()),
                        before.createdAt());
        ProjectRules.demand(after.name(), after.title(), after.color());
        return database.write(
                dsl -> {
                    projects.change(dsl, after);
                    audit.add(
                            dsl,
                            entry(
                                    caller,
                                    "project.change",
                                    project,
                                    before.title() + " " + before.color(),
                                    after.title() + " " + after.color()));
                    return after;
                });
    }

    @Needs(Role.ADMINISTRATOR)
    @DeleteMapping("/api/projects/{project}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String project, Caller caller) {
        Project before = demand(project);
        database.write(
                dsl -> {
                    projects.remove(dsl, project);
                    audit.add(dsl, entry(caller, "project.remove", project, before.title(), null));
                    return null;
                });
    }

    private Project demand(String name) {
        return projects.find(name)
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        Problem.of(
                                                ProblemCode.NOT_FOUND,
                                                "no project is called '" + name + "'",
                                                "choose one from the list")));
    }

    private static AuditEntry entry(
            Caller caller,
            String action,
            String project,
            @Nullable String before,
            @Nullable String after) {
        return new AuditEntry(
                caller.login(), caller.ip(), action, project, "projects/" + project, before, after);
    }
}
