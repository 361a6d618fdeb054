package dev.mortise.server.document;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A connection or a flow as its author last saved it.
///
/// @param text the file, byte for byte
/// @param connector of a connection, the word after `type`; empty otherwise
/// @param layout where the steps lie on the canvas, as JSON; null when nobody moved any
/// @param revision counts saves from 1
/// @param published the revision that runs use; null before the first
public record Document(
        String project,
        DocumentKind kind,
        String name,
        String title,
        String connector,
        List<String> tags,
        String text,
        @Nullable String layout,
        int revision,
        @Nullable Integer published,
        Instant updatedAt,
        String updatedBy) {
    public Document {
        tags = List.copyOf(tags);
    }

    /// How the saved text stands to what runs use.
    public enum State {
        DRAFT,
        PUBLISHED,
        /// Published once, and saved since.
        CHANGED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public State state() {
        if (published == null) {
            return State.DRAFT;
        }
        return published == revision ? State.PUBLISHED : State.CHANGED;
    }

    /// The next revision of it.
    Document next(String newText, Instant at, String by) {
        return new Document(
                project,
                kind,
                name,
                title,
                DocumentRules.connector(kind, newText),
                tags,
                newText,
                layout,
                revision + 1,
                published,
                at,
                by);
    }

    Document named(String to) {
        return new Document(
                project, kind, to, title, connector, tags, text, layout, revision, published,
                updatedAt, updatedBy);
    }

    Document laid(@Nullable String newLayout) {
        return new Document(
                project, kind, name, title, connector, tags, text, newLayout, revision, published,
                updatedAt, updatedBy);
    }

    Document used(@Nullable Integer newPublished) {
        return new Document(
                project,
                kind,
                name,
                title,
                connector,
                tags,
                text,
                layout,
                revision,
                newPublished,
                updatedAt,
                updatedBy);
    }

    /// Its place in a project's folder.
    public String file() {
        return kind.word() + "/" + name + ".yaml";
    }
}
