package dev.mortise.server.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An entry as it stands in the chain.
///
/// @param hash over the entry and the hash before it
public record AuditLine(
        long seq,
        Instant at,
        String actor,
        String ip,
        String action,
        String project,
        String object,
        @Nullable String before,
        @Nullable String after,
        String hash) {
    AuditEntry entry() {
        return new AuditEntry(actor, ip, action, project, object, before, after);
    }
}
