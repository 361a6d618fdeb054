package dev.mortise.server.token;

import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Role;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A right to call the API in somebody's name, in a project, up to a role. It never allows more
/// than its owner may at the time of the call.
///
/// @param prefix its first letters, by which people know it; the rest is kept as a hash
/// @param project `*` for all its owner sees
public record ApiToken(
        String id,
        String owner,
        String name,
        String prefix,
        String project,
        Role role,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt) {
    public static final String MARK = "mt_";
    private static final int PREFIX = 10;

    static String prefixOf(String token) {
        return token.substring(0, Math.min(token.length(), PREFIX));
    }

    /// What is left of the owner's grants.
    ///
    /// @param all what the owner may
    public Map<String, Role> grants(Map<String, Role> all) {
        Map<String, Role> left = new HashMap<>();
        if (project.equals(Caller.EVERYWHERE)) {
            all.forEach((where, granted) -> left.put(where, Role.min(granted, role)));
            return left;
        }
        Role everywhere = all.get(Caller.EVERYWHERE);
        Role here = all.get(project);
        if (everywhere != null && here != null) {
            left.put(project, Role.min(Role.max(everywhere, here), role));
        } else if (everywhere != null) {
            left.put(project, Role.min(everywhere, role));
        } else if (here != null) {
            left.put(project, Role.min(here, role));
        }
        return left;
    }
}
