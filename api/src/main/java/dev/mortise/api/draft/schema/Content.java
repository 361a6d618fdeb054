package dev.mortise.api.draft.schema;

import dev.mortise.api.draft.call.Media;
import dev.mortise.api.draft.text.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// One of the contents that a body may have.
///
/// @param type as the document writes it
/// @param node with `schema`, `example` and `encoding`
public record Content(Media media, String type, Node node) {
    private static final Pattern NAMED =
            Pattern.compile(
                    "[\\w.-]{1,100}/[\\w.+-]{1,100}(\\s*;\\s*[\\w.-]{1,50}=[\\w.-]{1,50}){0,5}");
    private static final Pattern USUAL =
            Pattern.compile("(?i)(application|text)/(json|xml)(?![\\w.+-])");

    /// What a draft would rather send, or read, in this order.
    private static final List<Media> ORDER =
            List.of(
                    Media.JSON,
                    Media.FORM,
                    Media.XML,
                    Media.MULTIPART,
                    Media.NDJSON,
                    Media.CSV,
                    Media.OTHER);

    /// The content type, when it is not the usual one of its form, and so has to be named:
    /// `application/vnd.api+json`.
    public Optional<String> named() {
        boolean structured = media == Media.JSON || media == Media.XML;
        return Optional.of(type.strip())
                .filter(_ -> structured)
                .filter(text -> NAMED.matcher(text).matches())
                .filter(text -> !USUAL.matcher(text).lookingAt());
    }

    /// The most useful content of a body of OpenAPI 3; empty when it has none.
    public static Optional<Content> best(Node holder) {
        Content best = null;
        for (Map.Entry<String, Node> entry : holder.entries("content").entrySet()) {
            Media media = Media.of(entry.getKey());
            if (best == null || ORDER.indexOf(media) < ORDER.indexOf(best.media)) {
                best = new Content(media, entry.getKey(), entry.getValue());
            }
        }
        return Optional.ofNullable(best);
    }

    /// The same of Swagger 2, where the content types stand apart from the schema.
    ///
    /// @param types `consumes` or `produces`; empty means JSON
    public static Content best(List<Node> types, Node holder) {
        Content best = null;
        for (Node type : types) {
            String text = type.text().orElse("");
            Media media = Media.of(text);
            if (best == null || ORDER.indexOf(media) < ORDER.indexOf(best.media)) {
                best = new Content(media, text, holder);
            }
        }
        return best == null ? new Content(Media.JSON, "application/json", holder) : best;
    }
}
