package dev.mortise.server.audit;

import org.jspecify.annotations.Nullable;

/// One change and its maker.
///
/// @param actor who did it: a login name, or `system`
/// @param action what was done, such as `document.save`
/// @param project empty for what belongs to none
/// @param object what it was done to, such as `flows/orders`
/// @param before the object before; null when it was made
/// @param after the object after; null when it was removed
public record AuditEntry(
        String actor,
        String ip,
        String action,
        String project,
        String object,
        @Nullable String before,
        @Nullable String after) {}
