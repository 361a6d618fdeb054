package dev.mortise.server.access;

import dev.mortise.server.web.Role;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Somewhere else people sign in: an OpenID Connect provider or a directory. Off until an
/// administrator has set it up.
///
/// @param groups what each group of the provider's is granted: group → project → role
/// @param everybody what everybody who comes from there is granted
record Provider(
        String id,
        String title,
        boolean enabled,
        Settings settings,
        Map<String, Map<String, String>> groups,
        Map<String, String> everybody,
        int version) {
    Provider {
        groups = Map.copyOf(groups);
        everybody = Map.copyOf(everybody);
    }

    /// How to reach it, by its kind.
    sealed interface Settings {
        default String kind() {
            return switch (this) {
                case Oidc _ -> "oidc";
                case Ldap _ -> "ldap";
            };
        }
    }

    /// @param issuer where `/.well-known/openid-configuration` is found
    /// @param scope words asked for beside `openid`
    /// @param nameClaim the claim that becomes the login name
    /// @param groupsClaim the claim that lists groups
    record Oidc(String issuer, String clientId, String scope, String nameClaim, String groupsClaim)
            implements Settings {}

    /// @param url such as `ldaps://ldap.example.com:636`
    /// @param bindDn who searches; empty for nobody
    /// @param userBase where people are
    /// @param userFilter finds a person; `{0}` stands for the name they typed
    /// @param groupBase where groups are; empty for none
    /// @param groupFilter finds a person's groups; `{0}` stands for the person's DN
    record Ldap(
            String url,
            String bindDn,
            String userBase,
            String userFilter,
            String groupBase,
            String groupFilter)
            implements Settings {}

    /// Somebody a provider vouches for.
    ///
    /// @param subject the provider's own name for them, which never changes
    record Identity(String subject, String name, String displayName, Collection<String> groups) {}

    /// The greatest role in each project of all groups somebody is in.
    Map<String, Role> grants(Collection<String> of) {
        Map<String, Role> grants = new HashMap<>();
        merge(grants, everybody);
        for (String group : of) {
            merge(grants, groups.get(group));
        }
        return grants;
    }

    private static void merge(Map<String, Role> grants, @Nullable Map<String, String> more) {
        if (more != null) {
            more.forEach((project, word) -> grants.merge(project, Role.of(word), Role::max));
        }
    }
}
