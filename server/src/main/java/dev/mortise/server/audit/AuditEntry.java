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
        @Nullable String after) {
    private static final int TEXT_MAX = 200_000;

    /// The same without the values of secrets, and with no text longer than the audit keeps.
    AuditEntry masked() {
        return new AuditEntry(actor, ip, action, project, object, kept(before), kept(after));
    }

    private static @Nullable String kept(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String masked = Mask.of(text);
        return masked.length() <= TEXT_MAX
                ? masked
                : masked.substring(0, TEXT_MAX) + "… (" + masked.length() + " characters)";
    }
}
