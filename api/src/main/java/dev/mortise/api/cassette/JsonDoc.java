package dev.mortise.api.cassette;

import dev.mortise.spi.batch.RowJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// A JSON document as it was written: numbers keep their digits, members their order. Printed with
/// what is small on one line, so that a change of one record is a change of a few lines.
sealed interface JsonDoc {
    JsonFactory JSON = new JsonFactory();

    /// What fits on a line when nothing is nested in it.
    int LINE = 100;

    record Member(String name, JsonDoc value) {}

    record Struct(List<Member> members) implements JsonDoc {
        public Struct {
            members = List.copyOf(members);
        }
    }

    record Items(List<JsonDoc> items) implements JsonDoc {
        public Items {
            items = List.copyOf(items);
        }
    }

    /// @param text of a string its characters, of anything else as it was written
    record Value(String text, boolean string) implements JsonDoc {}

    /// The document of a body; empty when it is no JSON, or more than one document.
    static Optional<JsonDoc> of(String body) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            JsonToken first = parser.nextToken();
            if (first == null || !first.isStructStart()) {
                return Optional.empty();
            }
            JsonDoc document = read(parser, first);
            return parser.nextToken() == null ? Optional.of(document) : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /// The documents of a body that has one on each line; empty when a line is none.
    static Optional<List<JsonDoc>> lines(String body) {
        List<JsonDoc> documents = new ArrayList<>();
        for (String line : body.lines().filter(l -> !l.isBlank()).toList()) {
            Optional<JsonDoc> document = of(line);
            if (document.isEmpty()) {
                return Optional.empty();
            }
            documents.add(document.get());
        }
        return Optional.of(documents);
    }

    private static JsonDoc read(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> {
                List<Member> members = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    members.add(new Member(name, read(parser, parser.nextToken())));
                }
                yield new Struct(members);
            }
            case START_ARRAY -> {
                List<JsonDoc> items = new ArrayList<>();
                for (JsonToken t = parser.nextToken();
                        t != JsonToken.END_ARRAY;
                        t = parser.nextToken()) {
                    items.add(read(parser, t));
                }
                yield new Items(items);
            }
            default -> new Value(parser.getString(), token == JsonToken.VALUE_STRING);
        };
    }

    default String pretty() {
        StringBuilder out = new StringBuilder();
        print(this, "", out);
        return out.toString();
    }

    /// All of it on one line.
    default String single() {
        return line(this);
    }

    private static void print(JsonDoc node, String indent, StringBuilder out) {
        String line = flat(node) ? line(node) : "";
        if (!line.isEmpty() && line.length() + indent.length() <= LINE) {
            out.append(line);
            return;
        }
        String deeper = indent + "  ";
        String gap = "\n" + deeper;
        switch (node) {
            case Value value -> out.append(line(value));
            case Struct(var members) -> {
                String before = "{" + gap;
                for (Member member : members) {
                    out.append(before).append(quoted(member.name)).append(": ");
                    print(member.value, deeper, out);
                    before = "," + gap;
                }
                out.append(members.isEmpty() ? "{}" : "\n" + indent + "}");
            }
            case Items(var items) -> {
                String before = "[" + gap;
                for (JsonDoc item : items) {
                    out.append(before);
                    print(item, deeper, out);
                    before = "," + gap;
                }
                out.append(items.isEmpty() ? "[]" : "\n" + indent + "]");
            }
        }
    }

    private static boolean flat(JsonDoc node) {
        return switch (node) {
            case Value _ -> true;
            case Struct(var members) -> members.stream().allMatch(m -> m.value instanceof Value);
            case Items(var items) -> items.stream().allMatch(Value.class::isInstance);
        };
    }

    /// On one line, with a space where a reader wants one.
    private static String line(JsonDoc node) {
        return switch (node) {
            case Value(var text, var string) -> string ? quoted(text) : text;
            case Struct(var members) ->
                    members.stream()
                            .map(m -> quoted(m.name) + ": " + line(m.value))
                            .collect(java.util.stream.Collectors.joining(", ", "{", "}"));
            case Items(var items) ->
                    items.stream()
                            .map(JsonDoc::line)
                            .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
        };
    }

    /// A string of JSON in which every character can be seen.
    private static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2);
        RowJson.quote(text, json);
        StringBuilder seen = new StringBuilder(json.length());
        json.codePoints()
                .forEach(
                        c -> {
                            if (YamlBody.hidden(c)) {
                                seen.append("\\u%04x".formatted(c));
                            } else {
                                seen.appendCodePoint(c);
                            }
                        });
        return seen.toString();
    }
}
