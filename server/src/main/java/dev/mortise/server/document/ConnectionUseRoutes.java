package dev.mortise.server.document;

import dev.mortise.engine.flow.leaf.ConnectionNames.Named;
import dev.mortise.server.document.ConnectionUses.Use;
import dev.mortise.server.store.Database;
import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Page;
import dev.mortise.server.web.Role;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/projects/{project}/connections/{name}/uses`: which flows a change of it concerns.
@RestController
class ConnectionUseRoutes {
    private final Database database;
    private final ConnectionUses uses;
    private final DocumentDesk desk;
    private final EditLocks locks;

    ConnectionUseRoutes(
            Database database, ConnectionUses uses, DocumentDesk desk, EditLocks locks) {
        this.database = database;
        this.uses = uses;
        this.desk = desk;
        this.locks = locks;
    }

    /// A flow that names the connection.
    ///
    /// @param state as in lists of flows
    /// @param places where; none when its text cannot be taken apart
    /// @param lockedBy who edits it right now; null for nobody
    record Line(String flow, String state, List<Named> places, @Nullable String lockedBy) {}

    /// @param total how many there are in all
    record Uses(List<Line> items, @Nullable String next, int total) {}

    @Needs(Role.VIEWER)
    @GetMapping("/api/projects/{project}/connections/{name}/uses")
    Uses list(
            @PathVariable String project,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Integer limit) {
        Document connection = desk.demand(project, DocumentKind.CONNECTIONS, name);
        List<Use> found = database.read(dsl -> uses.find(dsl, project, connection.name()));
        String key = Page.key(after);
        int most = Page.limit(limit);
        List<Line> lines =
                found.stream()
                        .sorted(Comparator.comparing(use -> use.flow().name()))
                        .filter(use -> key == null || use.flow().name().compareTo(key) > 0)
                        .limit(most + 1L)
                        .map(this::line)
                        .toList();
        Page<Line> page = Page.of(lines, most, Line::flow);
        return new Uses(page.items(), page.next(), found.size());
    }

    private Line line(Use use) {
        Document flow = use.flow();
        String holder = locks.find(flow).map(EditLock::holder).orElse(null);
        return new Line(flow.name(), flow.state().word(), use.places(), holder);
    }
}
