package dev.mortise.server.document;

import dev.mortise.engine.flow.leaf.ConnectionNames.Named;
import dev.mortise.server.document.ConnectionUses.Use;
import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Page;
import dev.mortise.server.web.Role;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/projects/{project}/flows` and `/connections`: what there is, how flows fare, and which of
/// them name a connection.
@RestController
@RequestMapping("/api/projects/{project}")
class DocumentListRoutes {
    private final DocumentStore documents;
    private final DocumentDesk desk;
    private final ConnectionUses uses;
    private final EditLocks locks;
    private final LastRun.Source runs;
    private final NextFire.Source schedules;

    DocumentListRoutes(
            DocumentStore documents,
            DocumentDesk desk,
            ConnectionUses uses,
            EditLocks locks,
            LastRun.Source runs,
            NextFire.Source schedules) {
        this.documents = documents;
        this.desk = desk;
        this.uses = uses;
        this.locks = locks;
        this.runs = runs;
        this.schedules = schedules;
    }

    /// A document in a list.
    ///
    /// @param type of a connection, its connector
    /// @param lastRun of a flow; null when it never ran
    /// @param schedule of a flow; null when nothing lets it run by itself
    record Line(
            String name,
            String title,
            String type,
            List<String> tags,
            String state,
            int revision,
            @Nullable Integer publishedRevision,
            Instant updatedAt,
            String updatedBy,
            @Nullable LastRun lastRun,
            @Nullable NextFire schedule) {
        static Line of(Document document, @Nullable LastRun lastRun, @Nullable NextFire schedule) {
            return new Line(
                    document.name(),
                    document.title(),
                    document.connector(),
                    document.tags(),
                    document.state().word(),
                    document.revision(),
                    document.published(),
                    document.updatedAt(),
                    document.updatedBy(),
                    lastRun,
                    schedule);
        }
    }

    @Needs(Role.VIEWER)
    @GetMapping("/{kind:connections|flows}")
    Page<Line> list(
            @PathVariable String project,
            @PathVariable String kind,
            @RequestParam(defaultValue = "") String query,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Integer limit) {
        int most = Page.limit(limit);
        DocumentKind wanted = DocumentKind.of(kind).orElseThrow();
        List<Document> found = documents.list(project, wanted, query, Page.key(after), most + 1);
        return Page.of(lines(project, wanted, found), most, Line::name);
    }

    /// Three questions, however many lines there are.
    private List<Line> lines(String project, DocumentKind kind, List<Document> found) {
        if (kind == DocumentKind.CONNECTIONS || found.isEmpty()) {
            return found.stream().map(one -> Line.of(one, null, null)).toList();
        }
        List<String> names = found.stream().map(Document::name).toList();
        Map<String, LastRun> last = runs.lastRuns(project, names);
        Map<String, NextFire> next = schedules.nextFires(project, names);
        return found.stream()
                .map(one -> Line.of(one, last.get(one.name()), next.get(one.name())))
                .toList();
    }

    /// A flow that names a connection.
    ///
    /// @param state as in lists of flows
    /// @param places where; none when its text cannot be taken apart
    /// @param lockedBy who edits it right now; null for nobody
    record UseLine(String flow, String state, List<Named> places, @Nullable String lockedBy) {}

    /// @param total how many there are in all
    record Uses(List<UseLine> items, @Nullable String next, int total) {}

    /// The flows a change of a connection concerns.
    @Needs(Role.VIEWER)
    @GetMapping("/connections/{name}/uses")
    Uses uses(
            @PathVariable String project,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Integer limit) {
        Document connection = desk.demand(project, DocumentKind.CONNECTIONS, name);
        List<Use> found = uses.find(project, connection.name());
        String key = Page.key(after);
        int most = Page.limit(limit);
        List<UseLine> lines =
                found.stream()
                        .sorted(Comparator.comparing(use -> use.flow().name()))
                        .filter(use -> key == null || use.flow().name().compareTo(key) > 0)
                        .limit(most + 1L)
                        .map(this::line)
                        .toList();
        Page<UseLine> page = Page.of(lines, most, UseLine::flow);
        return new Uses(page.items(), page.next(), found.size());
    }

    private UseLine line(Use use) {
        Document flow = use.flow();
        String holder = locks.find(flow).map(EditLock::holder).orElse(null);
        return new UseLine(flow.name(), flow.state().word(), use.places(), holder);
    }
}
