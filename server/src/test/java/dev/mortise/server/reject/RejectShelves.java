package dev.mortise.server.reject;

import dev.mortise.server.store.Database;

/// For tests of other slices.
public final class RejectShelves {
    private RejectShelves() {}

    public static RejectStore of(Database database) {
        return new RejectStore(database);
    }
}
