package dev.mortise.server.access;

import dev.mortise.server.web.Role;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Somebody who may sign in.
///
/// @param source where the password is checked: `local`, `oidc` or `ldap`
/// @param version counts changes from 1
public record Person(
        String id,
        String name,
        String displayName,
        String source,
        String language,
        String theme,
        boolean disabled,
        Map<String, Role> grants,
        @Nullable Instant lastLoginAt,
        int version) {
    public Person {
        grants = Map.copyOf(grants);
    }

    static final String LOCAL = "local";

    /// Somebody new.
    static Person fresh(String id, String name, String displayName, String source) {
        return new Person(
                id, name, displayName, source, "zh-CN", "system", false, Map.of(), null, 1);
    }

    boolean isLocal() {
        return source.equals(LOCAL);
    }

    Person named(String shown, String spoken, String worn) {
        return new Person(
                id, name, shown, source, spoken, worn, disabled, grants, lastLoginAt, version);
    }

    Person granted(Map<String, Role> other) {
        return new Person(
                id,
                name,
                displayName,
                source,
                language,
                theme,
                disabled,
                other,
                lastLoginAt,
                version);
    }

    Person barred(boolean barred) {
        return new Person(
                id,
                name,
                displayName,
                source,
                language,
                theme,
                barred,
                grants,
                lastLoginAt,
                version);
    }

    /// Its grants as they are written in JSON and in the audit.
    Map<String, String> grantWords() {
        Map<String, String> words = new TreeMap<>();
        grants.forEach((project, role) -> words.put(project, role.word()));
        return words;
    }
}
