package dev.mortise.server.view;

import static java.util.Objects.requireNonNullElse;

import dev.mortise.server.store.Ids;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Page;
import dev.mortise.server.web.Role;
import dev.mortise.server.web.Version;
import java.util.Map;
import java.util.TreeMap;
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

/// `/api/projects/{project}/views`: what lists are filtered by, under names.
@RestController
@RequestMapping("/api/projects/{project}/views")
class ViewRoutes {
    private final ViewStore views;
    private final ViewDesk desk;

    ViewRoutes(ViewStore views, ViewDesk desk) {
        this.views = views;
        this.desk = desk;
    }

    /// @param list of a new one; stays as it is otherwise
    record Draft(
            @Nullable String list,
            @Nullable String name,
            @Nullable Map<String, @Nullable String> filters,
            @Nullable Boolean shared) {
        /// Those that narrow anything; null when nothing was said of filters.
        @Nullable Map<String, String> set() {
            if (filters == null) {
                return null;
            }
            Map<String, String> set = new TreeMap<>();
            filters.forEach(
                    (word, value) -> {
                        if (value != null && !value.isBlank()) {
                            set.put(word, value);
                        }
                    });
            return set;
        }
    }

    /// @param mine whether the caller may change it
    record Body(
            String id,
            String list,
            String name,
            Map<String, String> filters,
            boolean shared,
            String owner,
            boolean mine,
            int revision) {
        static Body of(View view, Caller caller) {
            return new Body(
                    view.id(),
                    view.list(),
                    view.name(),
                    view.filters(),
                    view.shared(),
                    view.ownerName(),
                    view.isChangedBy(caller),
                    view.revision());
        }
    }

    @Needs(Role.VIEWER)
    @GetMapping
    Page<Body> list(@PathVariable String project, @RequestParam String list, Caller caller) {
        return new Page<>(
                views.list(project, list, caller.id()).stream()
                        .map(view -> Body.of(view, caller))
                        .toList(),
                null);
    }

    @Needs(Role.VIEWER)
    @GetMapping("/{id}")
    ResponseEntity<Body> one(@PathVariable String project, @PathVariable String id, Caller caller) {
        return shown(desk.demand(project, id, caller), caller);
    }

    @Needs(Role.VIEWER)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Body> add(
            @PathVariable String project, @RequestBody Draft draft, Caller caller) {
        View wanted =
                new View(
                        Ids.next(),
                        project,
                        requireNonNullElse(draft.list(), ""),
                        caller.id(),
                        caller.login(),
                        requireNonNullElse(draft.name(), "").strip(),
                        requireNonNullElse(draft.set(), Map.of()),
                        Boolean.TRUE.equals(draft.shared()),
                        1);
        View made = desk.add(wanted, caller);
        return ResponseEntity.status(HttpStatus.CREATED)
                .eTag(Version.etag(made.revision()))
                .body(Body.of(made, caller));
    }

    /// What is left out stays as it is.
    @Needs(Role.VIEWER)
    @PutMapping("/{id}")
    ResponseEntity<Body> change(
            @PathVariable String project,
            @PathVariable String id,
            @RequestBody Draft draft,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Caller caller) {
        View seen = desk.demand(project, id, caller);
        return shown(desk.change(seen, before -> changed(before, draft), ifMatch, caller), caller);
    }

    private static View changed(View before, Draft draft) {
        return before.next(
                requireNonNullElse(draft.name(), before.name()).strip(),
                requireNonNullElse(draft.set(), before.filters()),
                requireNonNullElse(draft.shared(), before.shared()));
    }

    @Needs(Role.VIEWER)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(
            @PathVariable String project,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Caller caller) {
        desk.remove(desk.demand(project, id, caller), ifMatch, caller);
    }

    private static ResponseEntity<Body> shown(View view, Caller caller) {
        return ResponseEntity.ok().eTag(Version.etag(view.revision())).body(Body.of(view, caller));
    }
}
