package dev.mortise.server.template;

import static java.util.Objects.requireNonNullElse;

import dev.mortise.server.document.Document;
import dev.mortise.server.document.DocumentDesk;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Page;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.server.web.Role;
import dev.mortise.server.web.SignedIn;
import dev.mortise.server.web.Version;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// `/api/templates`: documents to begin with, and making one in a project.
@RestController
class TemplateRoutes {
    private final Shelf shelf;
    private final DocumentDesk desk;

    TemplateRoutes(Shelf shelf, DocumentDesk desk) {
        this.shelf = shelf;
        this.desk = desk;
    }

    record Line(
            String name,
            String kind,
            Map<String, String> title,
            Map<String, String> description,
            List<Hole> parameters,
            String text) {
        static Line of(Template template) {
            return new Line(
                    template.name(),
                    template.kind().word(),
                    template.title(),
                    template.description(),
                    template.parameters().stream().map(Hole::of).toList(),
                    template.text());
        }
    }

    record Hole(String name, String kind, String fallback, Map<String, String> title) {
        static Hole of(Template.Parameter parameter) {
            return new Hole(
                    parameter.name(),
                    parameter.kind().word(),
                    parameter.fallback(),
                    parameter.title());
        }
    }

    /// @param name of the new document
    record Body(@Nullable String name, @Nullable Map<String, String> parameters) {}

    record Made(String kind, String name, int revision, String text) {}

    @SignedIn
    @GetMapping("/api/templates")
    Page<Line> list() {
        return new Page<>(shelf.all().stream().map(Line::of).toList(), null);
    }

    @Needs(Role.DEVELOPER)
    @PostMapping("/api/projects/{project}/templates/{template}")
    @ResponseStatus(HttpStatus.CREATED)
    Made make(
            @PathVariable String project,
            @PathVariable("template") String name,
            @RequestBody Body body,
            Caller caller) {
        Template template = demand(name);
        String document = requireNonNullElse(body.name(), name);
        Map<String, String> values = requireNonNullElse(body.parameters(), Map.of());
        List<Problem> problems = TemplateRules.problems(template, values);
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        DocumentDesk.Draft draft =
                new DocumentDesk.Draft(
                        template.filled(document, values), null, "template " + template.name());
        Document saved = save(project, template, document, draft, caller);
        return new Made(saved.kind().word(), saved.name(), saved.revision(), saved.text());
    }

    /// Asks for version 0, which only a document that is not there has.
    private Document save(
            String project,
            Template template,
            String document,
            DocumentDesk.Draft draft,
            Caller caller) {
        try {
            return desk.save(project, template.kind(), document, draft, Version.etag(0), caller);
        } catch (ProblemException e) {
            if (e.problem().code() != ProblemCode.VERSION_STALE) {
                throw e;
            }
            throw new ProblemException(
                    Problem.of(
                                    ProblemCode.NAME_TAKEN,
                                    "a %s is called '%s' already"
                                            .formatted(template.kind().key(), document),
                                    "choose another name")
                            .at("name"));
        }
    }

    private Template demand(String name) {
        return shelf.find(name)
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        Problem.of(
                                                ProblemCode.NOT_FOUND,
                                                "no template is called '" + name + "'",
                                                "choose one from the list")));
    }
}
