package dev.mortise.server.view;

import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.store.Database;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Version;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.function.UnaryOperator;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Changes views: each change is one transaction with its audit entry.
@Component
final class ViewDesk {
    private final Database database;
    private final ViewStore views;
    private final AuditStore audit;

    ViewDesk(Database database, ViewStore views, AuditStore audit) {
        this.database = database;
        this.views = views;
        this.audit = audit;
    }

    /// One the caller sees; another person's own is as if it were not there.
    View demand(String project, String id, Caller caller) {
        return database.read(dsl -> demand(dsl, project, id, caller));
    }

    private View demand(DSLContext dsl, String project, String id, Caller caller) {
        return views.find(dsl, project, id)
                .filter(view -> view.isShownTo(caller))
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        ProblemCode.NOT_FOUND,
                                        "there is no view '" + id + "'",
                                        "choose one from the list"));
    }

    /// @param wanted of revision 1
    View add(View wanted, Caller caller) {
        ViewRules.demand(wanted, caller);
        return database.write(
                dsl -> {
                    if (views.count(dsl, wanted) >= ViewRules.VIEWS_MAX) {
                        throw ProblemException.of(
                                ProblemCode.LIMIT_EXCEEDED,
                                "a person keeps at most %d views of a list"
                                        .formatted(ViewRules.VIEWS_MAX),
                                "remove one you no longer use");
                    }
                    put(dsl, wanted);
                    audit.add(dsl, entry(caller, "view.add", null, wanted));
                    return wanted;
                });
    }

    View change(View seen, UnaryOperator<View> change, @Nullable String ifMatch, Caller caller) {
        return database.write(
                dsl -> {
                    View before = demand(dsl, seen.project(), seen.id(), caller);
                    demandChangedBy(before, caller);
                    Version.demand(ifMatch, before.revision());
                    View after = change.apply(before);
                    ViewRules.demand(after, caller);
                    put(dsl, after);
                    audit.add(dsl, entry(caller, "view.save", before, after));
                    return after;
                });
    }

    void remove(View seen, @Nullable String ifMatch, Caller caller) {
        database.write(
                dsl -> {
                    View view = demand(dsl, seen.project(), seen.id(), caller);
                    demandChangedBy(view, caller);
                    Version.demand(ifMatch, view.revision());
                    views.remove(dsl, view);
                    audit.add(dsl, entry(caller, "view.remove", view, null));
                    return null;
                });
    }

    private void put(DSLContext dsl, View view) {
        if (views.isTaken(dsl, view)) {
            throw ProblemException.of(
                    ProblemCode.NAME_TAKEN,
                    "a view of this list is called '" + view.name() + "' already",
                    "choose another name, or change that one");
        }
        views.save(dsl, view);
    }

    private static void demandChangedBy(View view, Caller caller) {
        if (!view.isChangedBy(caller)) {
            throw ProblemException.of(
                    ProblemCode.NOT_ALLOWED,
                    "this view is %s's".formatted(view.ownerName()),
                    "save one of your own, or ask an administrator of the project");
        }
    }

    private static AuditEntry entry(
            Caller caller, String action, @Nullable View before, @Nullable View after) {
        View view = before == null ? java.util.Objects.requireNonNull(after) : before;
        return new AuditEntry(
                caller.login(),
                caller.ip(),
                action,
                view.project(),
                "views/" + view.id(),
                before == null ? null : shown(before),
                after == null ? null : shown(after));
    }

    private static String shown(View view) {
        return "%s of %s, %s: %s"
                .formatted(
                        view.name(),
                        view.list(),
                        view.shared() ? "shared" : "private",
                        view.filters());
    }
}
