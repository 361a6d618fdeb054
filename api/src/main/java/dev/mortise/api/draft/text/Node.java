package dev.mortise.api.draft.text;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Tree;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A node of a foreign document, or its absence. Asking an absent node, or one of another kind than
/// expected, gives nothing, so that a reader can walk a document that breaks its own rules.
///
/// @param tree null when the document has no such node
/// @param place of the node, or of the nearest one above that exists
public record Node(@Nullable Tree tree, Place place) {
    public static Node of(Tree tree) {
        return new Node(tree, tree.place());
    }

    /// A node that is not there, with the place of the one that lacks it.
    public static Node absent(Place place) {
        return new Node(null, place);
    }

    public boolean exists() {
        return tree != null;
    }

    public boolean isObject() {
        return tree instanceof Tree.Entries;
    }

    public boolean isArray() {
        return tree instanceof Tree.Items;
    }

    /// The node below the names, one after the other.
    public Node at(String... names) {
        Node node = this;
        for (String name : names) {
            Tree found = node.tree instanceof Tree.Entries entries ? entries.find(name) : null;
            node = found == null ? absent(node.place) : of(found);
        }
        return node;
    }

    public boolean has(String name) {
        return at(name).exists();
    }

    /// The scalar that stands here; empty for `null`, and for anything that is no scalar.
    public Optional<String> text() {
        return tree instanceof Tree.Leaf leaf && (leaf.quoted() || !leaf.text().isEmpty())
                ? Optional.of(leaf.text())
                : Optional.empty();
    }

    public Optional<String> text(String name) {
        return at(name).text();
    }

    public String text(String name, String fallback) {
        return text(name).orElse(fallback);
    }

    /// A number of sensible size; anything else is none.
    public Optional<BigDecimal> number() {
        Optional<String> text = text().filter(t -> t.matches("-?\\d{1,18}(\\.\\d{1,18})?"));
        return text.map(BigDecimal::new);
    }

    public boolean isTrue(String name) {
        return text(name).filter("true"::equals).isPresent();
    }

    public List<Node> items() {
        return tree instanceof Tree.Items items
                ? items.items().stream().map(Node::of).toList()
                : List.of();
    }

    public List<Node> items(String name) {
        return at(name).items();
    }

    /// The entries in the order written.
    public Map<String, Node> entries() {
        Map<String, Node> nodes = new LinkedHashMap<>();
        if (tree instanceof Tree.Entries entries) {
            entries.entries().forEach((name, value) -> nodes.put(name, of(value)));
        }
        return nodes;
    }

    public Map<String, Node> entries(String name) {
        return at(name).entries();
    }

    /// The place of the name of an entry.
    public Place placeOf(String name) {
        return tree instanceof Tree.Entries entries ? entries.placeOf(name) : place;
    }
}
