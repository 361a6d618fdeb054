package dev.mortise.engine.flow.leaf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where the text of a flow names connections, and the same text naming another one: comments,
/// quotes and all other bytes of it stay.
public final class ConnectionNames {
    private static final Set<String> OF_STEPS = Set.of("read", "write", "call");
    private static final Set<String> OF_COPIES = Set.of("from", "to");
    private static final String ORDER_MARK = "\uFEFF";

    private ConnectionNames() {}

    /// A place at which a connection is named.
    ///
    /// @param path such as `steps.orders.read`
    public record Named(String path, int line) {}

    /// The places of a text, in its order.
    ///
    /// @return empty when the text cannot be taken apart
    public static Optional<List<Named>> named(String text, String connection) {
        return leaves(text)
                .map(
                        leaves ->
                                leaves.stream()
                                        .filter(leaf -> names(leaf, connection))
                                        .map(leaf -> named(text, leaf))
                                        .toList());
    }

    private static Named named(String text, YamlLeaf leaf) {
        int line = 1 + (int) text.substring(0, leaf.from()).chars().filter(c -> c == '\n').count();
        return new Named(String.join(".", leaf.path()), line);
    }

    /// The text with another name in each of these places.
    ///
    /// @return empty when the text cannot be taken apart, or a name is written in a way that
    ///     cannot be changed without changing more
    public static Optional<String> renamed(String text, String from, String to) {
        return leaves(text).flatMap(leaves -> renamed(text, leaves, from, to));
    }

    private static Optional<String> renamed(
            String text, List<YamlLeaf> leaves, String from, String to) {
        StringBuilder made = new StringBuilder();
        List<String> expected = new ArrayList<>();
        int done = 0;
        for (YamlLeaf leaf : leaves) {
            String value = leaf.value();
            if (names(leaf, from)) {
                int at = text.indexOf(from, leaf.from());
                if (at < 0 || at + from.length() > leaf.to()) {
                    return Optional.empty();
                }
                made.append(text, done, at).append(to);
                done = at + from.length();
                int start = value.indexOf(from);
                value = value.substring(0, start) + to + value.substring(start + from.length());
            }
            expected.add(leaf.path() + " " + value);
        }
        String renamed = made.append(text, done, text.length()).toString();
        return leaves(renamed)
                .map(now -> now.stream().map(one -> one.path() + " " + one.value()).toList())
                .filter(expected::equals)
                .map(_ -> renamed);
    }

    /// As the readers of steps and of copies take it.
    private static boolean names(YamlLeaf leaf, String connection) {
        List<String> path = leaf.path();
        String value = leaf.value().strip();
        if (path.size() == 3 && path.getFirst().equals("steps")) {
            return OF_STEPS.contains(path.getLast())
                    && value.startsWith(connection + ".")
                    && value.length() > connection.length() + 1;
        }
        return path.size() == 2
                && path.getFirst().equals("copy")
                && OF_COPIES.contains(path.getLast())
                && value.equals(connection);
    }

    private static Optional<List<YamlLeaf>> leaves(String text) {
        if (!text.startsWith(ORDER_MARK)) {
            return YamlLeaf.all(text);
        }
        return YamlLeaf.all(text.substring(1))
                .map(
                        leaves ->
                                leaves.stream()
                                        .map(
                                                one ->
                                                        new YamlLeaf(
                                                                one.path(),
                                                                one.value(),
                                                                one.from() + 1,
                                                                one.to() + 1))
                                        .toList());
    }
}
