package dev.mortise.server.alert;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a rule watches for, in the order in which it is told when one run breaks several.
public enum RuleKind {
    /// A run failed, or so many in a row.
    FAILURE("after"),
    /// The columns of a source are not what they were.
    DRIFT(),
    REJECTS("count", "percent"),
    /// Rows written outside a band, given or learned.
    ROWS_BAND("min", "max", "learn", "spread"),
    /// No success by a time of day, or a run that takes too long.
    LATE("by", "zone", "longer_than_minutes"),
    /// No success for so long.
    FRESHNESS("minutes"),
    /// The calls a vendor allows run out.
    QUOTA("percent");

    // What Set.of gives never changes.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> settings;

    RuleKind(String... settings) {
        this.settings = Set.of(settings);
    }

    /// Settings of this kind alone.
    Set<String> settings() {
        return settings;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<RuleKind> of(String word) {
        for (RuleKind kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /// Whether a flow that fails breaks it too: telling both would tell one fault twice.
    boolean followsFromFailure() {
        return this == LATE || this == FRESHNESS;
    }
}
