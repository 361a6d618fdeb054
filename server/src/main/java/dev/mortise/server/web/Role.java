package dev.mortise.server.web;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

    /// Empty for a word that is no role.
    public static Optional<Role> find(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /// The lesser of two.
    public static Role min(Role one, Role other) {
        return one.includes(other) ? other : one;
    }

    /// The greater of two.
    public static Role max(Role one, Role other) {
        return one.includes(other) ? one : other;
    }
}
