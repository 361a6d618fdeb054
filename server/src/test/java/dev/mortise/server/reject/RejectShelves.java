package dev.mortise.server.reject;

import dev.mortise.server.audit.TestAudit;
import dev.mortise.server.store.Database;

/// For tests of other slices.
public final class RejectShelves {
    private RejectShelves() {}

    public static RejectStore of(Database database) {
        return new RejectStore(database);
    }

    public static RejectExpiry expiry(Database database) {
        return new RejectExpiry(database, of(database), TestAudit.of(database));
    }
}
