package dev.mortise.server.web;

import java.util.Locale;

/// What a person may do in a project; each includes those before it.
public enum Role {
    VIEWER,
    OPERATOR,
    DEVELOPER,
    ADMINISTRATOR;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /// As it is written in JSON and in the database.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Role of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
