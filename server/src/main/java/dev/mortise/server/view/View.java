package dev.mortise.server.view;

import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Role;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What a list is filtered by, under a name.
///
/// @param list which list: `flows`, `runs` or `rejects`
/// @param owner the id of the person who made it
/// @param filters words of the studio's address to their values
/// @param shared whether everybody in the project sees it
record View(
        String id,
        String project,
        String list,
        String owner,
        String ownerName,
        String name,
        Map<String, String> filters,
        boolean shared,
        int revision) {
    View {
        filters = Collections.unmodifiableMap(new TreeMap<>(filters));
    }

    boolean isOf(Caller caller) {
        return owner.equals(caller.id());
    }

    /// Whether the caller knows of it at all.
    boolean isShownTo(Caller caller) {
        return shared || isOf(caller);
    }

    /// What is shared may be tidied up by who runs the project.
    boolean isChangedBy(Caller caller) {
        return isOf(caller) || (shared && caller.may(Role.ADMINISTRATOR, project));
    }

    View next(String newName, Map<String, String> newFilters, boolean share) {
        return new View(
                id, project, list, owner, ownerName, newName, newFilters, share, revision + 1);
    }
}
