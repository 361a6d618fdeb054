package dev.mortise.server.document;

import java.util.Locale;
import java.util.Optional;

/// What a document describes. The word is its folder in a project and its place in a path.
public enum DocumentKind {
    CONNECTIONS,
    FLOWS;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The first key of such a document.
    public String key() {
        String word = word();
        return word.substring(0, word.length() - 1);
    }

    public static Optional<DocumentKind> of(String word) {
        return switch (word) {
            case "connections" -> Optional.of(CONNECTIONS);
            case "flows" -> Optional.of(FLOWS);
            default -> Optional.empty();
        };
    }
}
