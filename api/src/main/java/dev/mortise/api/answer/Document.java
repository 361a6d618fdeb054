package dev.mortise.api.answer;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The body of an answer, or the beginning of one, and what stands at paths in it. Taken apart only
/// when it is asked. Belongs to one thread.
public final class Document {
    /// What is looked into of a body; what is behind it is not seen.
    public static final int BYTES_MAX = 8 << 20;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final byte[] body;
    private final Charset charset;
    private @Nullable String text;
    private @Nullable JsonTree json;
    private @Nullable XmlTree xml;

    private Document(byte[] body, Charset charset) {
        this.body = body;
        this.charset = charset;
    }

    public static Document of(byte[] body) {
        return of(body, StandardCharsets.UTF_8);
    }

    public static Document of(byte[] body, Charset charset) {
        return new Document(body, charset);
    }

    public String text() {
        String known = text;
        if (known == null) {
            String whole = new String(body, 0, Math.min(body.length, BYTES_MAX), charset);
            boolean marked = !whole.isEmpty() && whole.charAt(0) == BYTE_ORDER_MARK;
            known = marked ? whole.substring(1) : whole;
            text = known;
        }
        return known;
    }

    /// Whether nothing but white space came. Most bodies tell by their first byte, without becoming
    /// text.
    boolean isBlank() {
        boolean seen = body.length > 0 && body[0] > ' ';
        return !seen && text().isBlank();
    }

    /// The first value at the first of the paths that has any.
    Optional<String> first(List<AnswerPath> paths) {
        return paths.stream().flatMap(path -> texts(path).stream()).findFirst();
    }

    /// Whether it is JSON, or the beginning of an object or an array that is cut.
    public boolean isJson() {
        return tree().root().isPresent();
    }

    public boolean isXml() {
        return xml().parsed();
    }

    /// Whether a page for people came. A proxy's error page may begin with a comment.
    public boolean isHtml() {
        String start = text().stripLeading();
        int end = Math.min(start.length(), 512);
        String head = start.substring(0, end).toLowerCase(Locale.ROOT);
        return head.startsWith("<") && (head.contains("<html") || head.contains("<!doctype html"));
    }

    /// Every single value at a path as text, in order; of JSON `null`, objects and arrays nothing.
    public List<String> texts(AnswerPath path) {
        return switch (path) {
            case AnswerPath.InXml inXml -> xml().texts(inXml);
            case AnswerPath.InJson(var legs) ->
                    last(legs).flatMap(d -> JsonTree.texts(d.find(legs.getLast()))).toList();
        };
    }

    /// The innermost documents.
    private Stream<JsonTree> last(List<JsonPath> legs) {
        Stream<JsonTree> documents = Stream.of(tree());
        for (JsonPath leg : legs.subList(0, legs.size() - 1)) {
            documents = documents.flatMap(d -> inner(d, leg));
        }
        return documents;
    }

    public Optional<String> text(AnswerPath path) {
        return texts(path).stream().findFirst();
    }

    /// How many elements or values there are at a path: of an array its elements.
    public int count(AnswerPath path) {
        return switch (path) {
            case AnswerPath.InXml inXml -> xml().texts(inXml).size();
            case AnswerPath.InJson(var legs) ->
                    last(legs)
                            .flatMap(d -> d.find(legs.getLast()).stream())
                            .mapToInt(Document::size)
                            .sum();
        };
    }

    /// Whether anything but `null` stands at a path.
    public boolean exists(AnswerPath path) {
        return switch (path) {
            case AnswerPath.InXml inXml -> !xml().texts(inXml).isEmpty();
            case AnswerPath.InJson(var legs) ->
                    last(legs)
                            .flatMap(d -> d.find(legs.getLast()).stream())
                            .anyMatch(node -> !node.isNull());
        };
    }

    private static int size(JsonNode node) {
        if (node.isNull()) {
            return 0;
        }
        boolean holds = node.isArray() || node.isObject();
        return holds ? node.size() : node.asString().isEmpty() ? 0 : 1;
    }

    private static Stream<JsonTree> inner(JsonTree tree, JsonPath leg) {
        return tree.find(leg).stream()
                .map(
                        node ->
                                node.isString()
                                        ? JsonTree.parse(node.asString())
                                        : new JsonTree(node));
    }

    private JsonTree tree() {
        JsonTree tree = json;
        if (tree == null) {
            tree = JsonTree.parse(text());
            json = tree;
        }
        return tree;
    }

    private XmlTree xml() {
        XmlTree tree = xml;
        if (tree == null) {
            tree = XmlTree.parse(text());
            xml = tree;
        }
        return tree;
    }
}
