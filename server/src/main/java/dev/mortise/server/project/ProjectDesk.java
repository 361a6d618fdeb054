package dev.mortise.server.project;

import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.store.Database;
import dev.mortise.server.web.Caller;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import org.springframework.stereotype.Component;

/// Makes projects, each in one transaction with its audit entry.
@Component
public final class ProjectDesk {
    /// The color of a project nobody chose one for.
    public static final String COLOR = "#1f6f8b";

    private final Database database;
    private final ProjectStore projects;
    private final AuditStore audit;

    ProjectDesk(Database database, ProjectStore projects, AuditStore audit) {
        this.database = database;
        this.projects = projects;
        this.audit = audit;
    }

    public Project add(String name, String title, String color, Caller caller) {
        Project project = new Project(name, title, color, database.now());
        ProjectRules.demand(project.name(), project.title(), project.color());
        if (projects.find(name).isPresent()) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.NAME_TAKEN,
                            "a project is called '" + name + "' already",
                            "choose another name"));
        }
        return database.write(
                dsl -> {
                    projects.add(dsl, project);
                    audit.add(
                            dsl,
                            new AuditEntry(
                                    caller.login(),
                                    caller.ip(),
                                    "project.add",
                                    name,
                                    "projects/" + name,
                                    null,
                                    project.title()));
                    return project;
                });
    }
}
