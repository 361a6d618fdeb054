package dev.mortise.server.document;

import static java.util.Objects.requireNonNullElse;

import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Page;
import dev.mortise.server.web.ProblemBody;
import dev.mortise.server.web.Role;
import dev.mortise.server.web.Version;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// `/api/projects/{project}/flows/{name}` and `/connections/{name}`: the text, its revisions, and
/// which of them runs use.
@RestController
@RequestMapping("/api/projects/{project}/{kind:connections|flows}")
class DocumentRoutes {
    /// Each is read anew for what is wrong with it.
    private static final int LEFT_MAX = 50;

    private final DocumentStore documents;
    private final DocumentDesk desk;
    private final Definitions definitions;
    private final Renaming renaming;
    private final EditLocks locks;
    private final ObjectMapper json;

    DocumentRoutes(
            DocumentStore documents,
            DocumentDesk desk,
            Definitions definitions,
            Renaming renaming,
            EditLocks locks,
            ObjectMapper json) {
        this.documents = documents;
        this.desk = desk;
        this.definitions = definitions;
        this.renaming = renaming;
        this.locks = locks;
        this.json = json;
    }

    record Whole(
            String name,
            String kind,
            String text,
            @Nullable JsonNode layout,
            int revision,
            @Nullable Integer publishedRevision,
            String state,
            Instant updatedAt,
            String updatedBy,
            List<String> tags,
            @Nullable EditLock lock,
            List<ProblemBody.One> problems) {}

    /// A flow that may name what is no longer called so, and could not be changed.
    record Reference(String kind, String name, List<ProblemBody.One> problems) {}

    /// A document that was changed with another.
    record Changed(String kind, String name, int revision) {}

    record Renamed(Whole document, List<Changed> changed, List<Reference> references) {}

    record NameBody(@Nullable String name) {}

    record TagsBody(@Nullable List<String> tags) {}

    record DraftBody(String text, @Nullable JsonNode layout, @Nullable String message) {}

    record LayoutBody(@Nullable JsonNode layout) {}

    record RevisionBody(int revision) {}

    record RevisionLine(
            int revision, String author, Instant at, String message, boolean published) {}

    @Needs(Role.VIEWER)
    @GetMapping("/{name}")
    ResponseEntity<Whole> one(
            @PathVariable String project,
            @PathVariable String kind,
            @PathVariable String name,
            Caller caller) {
        Document document = desk.demand(project, kind(kind), name);
        String text = SecretMask.of(document, document.text(), caller);
        return ResponseEntity.ok()
                .eTag(Version.etag(document.revision()))
                .body(body(document, text));
    }

    @Needs(Role.DEVELOPER)
    @PutMapping("/{name}")
    ResponseEntity<Whole> save(
            @PathVariable String project,
            @PathVariable String kind,
            @PathVariable String name,
            @RequestBody DraftBody body,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Caller caller) {
        String layout = body.layout() == null ? null : body.layout().toString();
        DocumentDesk.Draft draft =
                new DocumentDesk.Draft(
                        requireNonNullElse(body.text(), ""),
                        layout,
                        requireNonNullElse(body.message(), ""));
        return whole(desk.save(project, kind(kind), name, draft, ifMatch, caller));
    }

    @Needs(Role.DEVELOPER)
    @PutMapping("/{name}/layout")
    ResponseEntity<Whole> layout(
            @PathVariable String project,
            @PathVariable String kind,
            @PathVariable String name,
            @RequestBody LayoutBody body) {
        JsonNode layout = body.layout();
        if (layout == null) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.VALUE_INVALID,
                            "expected 'layout', where the steps lie",
                            "send {\"layout\": {}} to forget it"));
        }
        Document document = desk.demand(project, kind(kind), name);
        return whole(desk.layout(document, layout.toString()));
    }

    @Needs(Role.DEVELOPER)
    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(
            @PathVariable String project,
            @PathVariable String kind,
            @PathVariable String name,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Caller caller) {
        Document document = desk.demand(project, kind(kind), name);
        Version.demand(ifMatch, document.revision());
        desk.remove(document, caller);
    }

    @Needs(Role.DEVELOPER)
    @PostMapping("/{name}/publish")
    ResponseEntity<Whole> publish(
            @PathVariable String project,
            @PathVariable String kind,
            @PathVariable String name,
            @RequestBody RevisionBody body,
            Caller caller) {
        Document document = desk.demand(project, kind(kind), name);
        return whole(desk.publish(document, body.revision(), caller));
    }

    @Needs(Role.VIEWER)
    @GetMapping("/{name}/revisions")
    Page<RevisionLine> revisions(
            @PathVariable String project,
            @PathVariable String kind,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Integer limit) {
        Document document = desk.demand(project, kind(kind), name);
        int most = Page.limit(limit);
        String key = Page.key(after);
        Integer before = key == null || !key.matches("\\d{1,9}") ? null : Integer.valueOf(key);
        List<RevisionLine> lines =
                documents.revisions(project, kind(kind), name, before, most + 1).stream()
                        .map(
                                r ->
                                        new RevisionLine(
                                                r.revision(),
                                                r.author(),
                                                r.at(),
                                                r.message(),
                                                Integer.valueOf(r.revision())
                                                        .equals(document.published())))
                        .toList();
        return Page.of(lines, most, line -> "" + line.revision());
    }

    @Needs(Role.VIEWER)
    @GetMapping("/{name}/revisions/{revision}")
    DocumentStore.Revision revision(
            @PathVariable String project,
            @PathVariable String kind,
            @PathVariable String name,
            @PathVariable int revision,
            Caller caller) {
        Document document = desk.demand(project, kind(kind), name);
        DocumentStore.Revision found = demand(project, kind(kind), name, revision);
        return found.with(SecretMask.of(document, found.text(), caller));
    }

    @Needs(Role.DEVELOPER)
    @PostMapping("/{name}/revert")
    ResponseEntity<Whole> revert(
            @PathVariable String project,
            @PathVariable String kind,
            @PathVariable String name,
            @RequestBody RevisionBody body,
            Caller caller) {
        Document document = desk.demand(project, kind(kind), name);
        DocumentStore.Revision old = demand(project, kind(kind), name, body.revision());
        String text = renaming.brought(document, old.text());
        DocumentDesk.Draft draft =
                new DocumentDesk.Draft(text, null, "revert to " + body.revision());
        String version = Version.etag(document.revision());
        return whole(desk.save(project, kind(kind), name, draft, version, caller));
    }

    private DocumentStore.Revision demand(
            String project, DocumentKind kind, String name, int revision) {
        return documents
                .revision(project, kind, name, revision)
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        Problem.of(
                                                ProblemCode.NOT_FOUND,
                                                "there is no revision " + revision,
                                                "choose one from the list")));
    }

    @Needs(Role.DEVELOPER)
    @PostMapping("/{name}/rename")
    ResponseEntity<Renamed> rename(
            @PathVariable String project,
            @PathVariable String kind,
            @PathVariable String name,
            @RequestBody NameBody body,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Caller caller) {
        Document document = desk.demand(project, kind(kind), name);
        String to = requireNonNullElse(body.name(), "");
        Renaming.Renamed renamed = renaming.rename(document, to, ifMatch, caller);
        return ResponseEntity.ok()
                .eTag(Version.etag(renamed.document().revision()))
                .body(
                        new Renamed(
                                body(renamed.document()),
                                renamed.flows().changed().stream()
                                        .map(DocumentRoutes::changed)
                                        .toList(),
                                renamed.flows().left().stream()
                                        .limit(LEFT_MAX)
                                        .map(this::reference)
                                        .toList()));
    }

    private static Changed changed(Document flow) {
        return new Changed(flow.kind().word(), flow.name(), flow.revision());
    }

    private Reference reference(Document flow) {
        List<Problem> problems =
                definitions.problems(flow.project(), flow.kind(), flow.name(), flow.text());
        return new Reference(flow.kind().word(), flow.name(), bodies(problems));
    }

    @Needs(Role.DEVELOPER)
    @PutMapping("/{name}/tags")
    ResponseEntity<Whole> tags(
            @PathVariable String project,
            @PathVariable String kind,
            @PathVariable String name,
            @RequestBody TagsBody body,
            Caller caller) {
        Document document = desk.demand(project, kind(kind), name);
        return whole(desk.tag(document, requireNonNullElse(body.tags(), List.of()), caller));
    }

    @Needs(Role.DEVELOPER)
    @PutMapping("/{name}/lock")
    EditLock lock(
            @PathVariable String project,
            @PathVariable String kind,
            @PathVariable String name,
            @RequestParam(name = "take_over", defaultValue = "false") boolean takeOver,
            Caller caller) {
        return locks.acquire(desk.demand(project, kind(kind), name), takeOver, caller);
    }

    @Needs(Role.DEVELOPER)
    @DeleteMapping("/{name}/lock")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unlock(
            @PathVariable String project,
            @PathVariable String kind,
            @PathVariable String name,
            Caller caller) {
        locks.release(desk.demand(project, kind(kind), name), caller);
    }

    private static List<ProblemBody.One> bodies(List<Problem> problems) {
        return problems.stream().map(ProblemBody.One::of).toList();
    }

    private ResponseEntity<Whole> whole(Document document) {
        return ResponseEntity.ok().eTag(Version.etag(document.revision())).body(body(document));
    }

    private Whole body(Document document) {
        return body(document, document.text());
    }

    /// @param text as the caller may see it
    private Whole body(Document document, String text) {
        List<Problem> problems =
                definitions.problems(
                        document.project(), document.kind(), document.name(), document.text());
        return new Whole(
                document.name(),
                document.kind().word(),
                text,
                document.layout() == null ? null : json.readTree(document.layout()),
                document.revision(),
                document.published(),
                document.state().word(),
                document.updatedAt(),
                document.updatedBy(),
                document.tags(),
                locks.find(document).orElse(null),
                bodies(problems));
    }

    private static DocumentKind kind(String word) {
        return DocumentKind.of(word).orElseThrow();
    }
}
