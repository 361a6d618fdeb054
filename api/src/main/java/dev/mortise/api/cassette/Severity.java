package dev.mortise.api.cassette;

import java.util.Locale;

/// What a change of a contract may do to those who rely on it.
public enum Severity {
    /// Values are lost, or reading stops.
    BREAKING,
    /// Values come that nobody has planned for.
    RISKY,
    /// Nothing that was read before changes.
    HARMLESS;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
