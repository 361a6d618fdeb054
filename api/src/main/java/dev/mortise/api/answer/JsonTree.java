package dev.mortise.api.answer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A JSON document as far as it could be read: an answer is often judged by its beginning.
///
/// @param node null when there was none
record JsonTree(@Nullable JsonNode node) {
    private static final JsonMapper JSON = new JsonMapper();

    Optional<JsonNode> root() {
        return Optional.ofNullable(node);
    }

    static JsonTree parse(String text) {
        String start = text.stripLeading();
        if (start.isEmpty() || start.charAt(0) == '<') {
            return new JsonTree(null);
        }
        try (JsonParser parser = JSON.createParser(start)) {
            return new JsonTree(new Reading(parser).read());
        } catch (JacksonException _) {
            return new JsonTree(null);
        }
    }

    List<JsonNode> find(JsonPath path) {
        List<JsonNode> found = node == null ? List.of() : List.of(node);
        for (String step : path.steps()) {
            found = found.stream().flatMap(n -> next(n, step)).toList();
        }
        return found;
    }

    private static Stream<JsonNode> next(JsonNode node, String step) {
        if (step.equals(JsonPath.EVERY)) {
            // An object stands for its values: some vendors name the envelope after the call.
            return node.valueStream();
        }
        return Stream.ofNullable(node.get(step));
    }

    static Stream<String> texts(List<JsonNode> nodes) {
        return nodes.stream().filter(n -> n.isValueNode() && !n.isNull()).map(JsonNode::asString);
    }

    /// Puts the tree together token by token, and keeps what it has when the text ends early.
    private static final class Reading {
        private final JsonParser parser;
        private final Deque<JsonNode> open = new ArrayDeque<>();
        private String name = "";

        Reading(JsonParser parser) {
            this.parser = parser;
        }

        @Nullable JsonNode read() {
            List<JsonNode> made = new ArrayList<>();
            try {
                for (JsonToken token = parser.nextToken();
                        token != null;
                        token = parser.nextToken()) {
                    take(token).ifPresent(made::add);
                }
            } catch (JacksonException e) {
                // A lone word that is no JSON is text; a container that is cut is a beginning.
                if (made.isEmpty() || made.getFirst().isValueNode() || open.isEmpty()) {
                    throw e;
                }
            }
            return made.isEmpty() ? null : made.getFirst();
        }

        /// @return the root, when this token begins it
        private Optional<JsonNode> take(JsonToken token) {
            return switch (token) {
                case PROPERTY_NAME -> {
                    name = parser.currentName();
                    yield Optional.empty();
                }
                case END_OBJECT, END_ARRAY -> {
                    open.pop();
                    yield Optional.empty();
                }
                case START_OBJECT -> begin(JSON.createObjectNode());
                case START_ARRAY -> begin(JSON.createArrayNode());
                default -> add(scalar(token));
            };
        }

        private Optional<JsonNode> begin(JsonNode container) {
            Optional<JsonNode> root = add(container);
            open.push(container);
            return root;
        }

        private Optional<JsonNode> add(JsonNode child) {
            switch (open.peek()) {
                case ObjectNode object -> object.set(name, child);
                case ArrayNode array -> array.add(child);
                case null -> {
                    return Optional.of(child);
                }
                default -> throw new IllegalStateException("only containers are open");
            }
            return Optional.empty();
        }

        private JsonNode scalar(JsonToken token) {
            var nodes = JsonNodeFactory.instance;
            return switch (token) {
                case VALUE_TRUE -> nodes.booleanNode(true);
                case VALUE_FALSE -> nodes.booleanNode(false);
                case VALUE_NULL -> nodes.nullNode();
                // Numbers keep their digits: a code is compared as it was written.
                default -> nodes.stringNode(parser.getString());
            };
        }
    }
}
