package dev.mortise.server.access;

import dev.mortise.server.web.Role;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Somebody who may sign in.
///
/// @param source where the password is checked: `local`, or the name of a provider
public record Person(
        String id,
        String name,
        String displayName,
        String source,
        String language,
        String theme,
        boolean disabled,
        Map<String, Role> grants,
        @Nullable Instant lastLoginAt) {
    public Person {
        grants = Map.copyOf(grants);
    }
}
