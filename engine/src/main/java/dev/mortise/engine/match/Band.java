package dev.mortise.engine.match;

/// How far a proposal can be trusted.
public enum Band {
    /// May be taken over unseen.
    AUTO,
    /// Worth showing to a person.
    SUGGEST,
    /// Nothing found.
    NONE
}
