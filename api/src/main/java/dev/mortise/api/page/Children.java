package dev.mortise.api.page;

import dev.mortise.api.answer.JsonPath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The records within records: the lines of an order, each with what it carries of the order. An
/// order is looked through once for both, whichever comes first in it; only its bytes are kept.
public final class Children implements Records {
    private static final JsonFactory JSON = new JsonFactory();

    private final Records parents;
    private final Node root = new Node();
    private final Slice[] carried;
    private final Deque<Slice> arrays = new ArrayDeque<>();
    private @Nullable JsonParser parser;
    private @Nullable Slice array;
    private long records;
    private long parent;

    /// Bytes of the parent under way: from where, how many. Nowhere when there are none.
    private record Slice(int at, int length) {
        static final Slice NONE = new Slice(0, 0);
    }

    /// Where in a parent something wanted stands.
    private static final class Node {
        private final Map<String, Node> names = new HashMap<>();
        private final List<Integer> carries = new ArrayList<>();
        private @Nullable Node every;
        private boolean children;

        Node to(List<String> steps) {
            Node node = this;
            for (String step : steps) {
                if (step.equals(JsonPath.EVERY)) {
                    node.every = node.every == null ? new Node() : node.every;
                    node = node.every;
                } else {
                    node = node.names.computeIfAbsent(step, _ -> new Node());
                }
            }
            return node;
        }
    }

    /// @param parents closed with this
    /// @param children path within a parent to the array, or the one object, of its children
    /// @param carried paths within a parent to what its children carry
    public Children(Records parents, JsonPath children, List<List<String>> carried) {
        this.parents = parents;
        this.carried = new Slice[carried.size()];
        root.to(children.steps()).children = true;
        for (int i = 0; i < carried.size(); i++) {
            root.to(carried.get(i)).carries.add(i);
        }
    }

    @Override
    public boolean next() {
        while (!child()) {
            close(parser);
            parser = null;
            array = arrays.poll();
            if (array != null) {
                parser =
                        JSON.createParser(
                                ObjectReadContext.empty(), bytes(), array.at, array.length);
                // Into the array; an object alone is the one child.
                if (parser.nextToken() == JsonToken.START_OBJECT) {
                    records++;
                    return true;
                }
            } else if (!parent()) {
                return false;
            }
        }
        records++;
        return true;
    }

    private boolean child() {
        if (parser == null) {
            return false;
        }
        JsonToken token = parser.nextToken();
        return token != null && token != JsonToken.END_ARRAY;
    }

    private boolean parent() {
        if (!parents.next()) {
            return false;
        }
        parent++;
        Arrays.fill(carried, Slice.NONE);
        visit(root, parents.parser().currentToken());
        return true;
    }

    /// Looks through a value the parents' parser stands at, to its end.
    private void visit(Node node, JsonToken token) {
        JsonParser from = parents.parser();
        if (node.children || !node.carries.isEmpty()) {
            slice(node, token);
        } else if (token == JsonToken.START_OBJECT) {
            while (from.nextToken() != JsonToken.END_OBJECT) {
                Node inner = node.names.get(from.currentName());
                visit(inner, from.nextToken(), from);
            }
        } else if (token == JsonToken.START_ARRAY && node.every != null) {
            for (JsonToken t = from.nextToken(); t != JsonToken.END_ARRAY; t = from.nextToken()) {
                visit(node.every, t);
            }
        } else {
            from.skipChildren();
        }
    }

    private void visit(@Nullable Node node, JsonToken token, JsonParser from) {
        if (node == null) {
            from.skipChildren();
        } else {
            visit(node, token);
        }
    }

    private void slice(Node node, JsonToken token) {
        JsonParser from = parents.parser();
        long start = from.currentTokenLocation().getByteOffset();
        from.skipChildren();
        from.finishToken();
        // Behind a number the parser stands one character further.
        int length =
                token.isNumeric()
                        ? from.getString().length()
                        : (int) (from.currentLocation().getByteOffset() - start);
        Slice slice = new Slice(parents.at(start), length);
        if (node.children && token.isStructStart()) {
            arrays.add(slice);
        }
        for (int i : node.carries) {
            carried[i] = slice;
        }
    }

    /// The number of the parent under way: what a child carries changes with it.
    long parents() {
        return parent;
    }

    /// How many values each child carries.
    int carries() {
        return carried.length;
    }

    /// What the child under way carries, at a parser that stands at it; null when its parent has
    /// none.
    @Nullable Records carried(int place) {
        Slice slice = carried[place];
        return slice.length == 0 ? null : Value.of(bytes(), slice.at, slice.length);
    }

    /// One value in some bytes.
    // Read through once, never compared.
    @SuppressWarnings("ArrayRecordComponent")
    private record Value(JsonParser parser, byte[] bytes, int start) implements Records {
        static Value of(byte[] bytes, int at, int length) {
            JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, at, length);
            parser.nextToken();
            return new Value(parser, bytes, at);
        }

        @Override
        public boolean next() {
            return false;
        }

        @Override
        public int at(long place) {
            return Math.toIntExact(start + place);
        }

        @Override
        public long records() {
            return 1;
        }

        @Override
        public void close() {
            parser.close();
        }
    }

    @Override
    public JsonParser parser() {
        return java.util.Objects.requireNonNull(parser);
    }

    @Override
    public byte[] bytes() {
        return parents.bytes();
    }

    @Override
    public int at(long place) {
        return Math.toIntExact(java.util.Objects.requireNonNull(array).at + place);
    }

    @Override
    public long records() {
        return records;
    }

    private static void close(@Nullable JsonParser parser) {
        if (parser != null) {
            parser.close();
        }
    }

    @Override
    public void close() {
        close(parser);
        parents.close();
    }
}
