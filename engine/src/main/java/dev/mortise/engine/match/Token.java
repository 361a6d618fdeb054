package dev.mortise.engine.match;

import java.util.Set;

/// A word of a column's name or comment.
///
/// @param word as it stands there, in lower case
/// @param concepts what it may mean; empty when unknown
record Token(String word, Set<String> concepts) {
    static Token unknown(String word) {
        return new Token(word, Set.of());
    }

    boolean known() {
        return !concepts.isEmpty();
    }

    /// The concept to show for it.
    String shown() {
        return known() ? concepts.stream().sorted().findFirst().orElse(word) : word;
    }
}
