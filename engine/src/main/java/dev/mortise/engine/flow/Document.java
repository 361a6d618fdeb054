package dev.mortise.engine.flow;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.ProblemCode;
import java.util.List;
import java.util.Optional;

/// One file of a project: its kind and name, and the words below them.
///
/// @param file relative to the project's folder
/// @param place of the name
/// @param taken values that came in the place of `${…}`; none before that
record Document(String file, String name, Place place, Tree.Entries tree, List<Secret> taken) {
    private static final int NAME_MAX = 100;

    /// Takes the first key, which is the kind, and its value, which is the name.
    static Optional<Document> of(String file, String kind, Tree tree, Problems problems) {
        if (!(tree instanceof Tree.Entries entries) || entries.entries().isEmpty()) {
            problems.add(
                    ProblemCode.DOCUMENT_INVALID,
                    tree.place(),
                    "expected a document that starts with '"
                            + kind
                            + ": NAME', found "
                            + Words.describe(tree),
                    "write '" + kind + ": NAME' in the first line");
            return Optional.empty();
        }
        String first = entries.entries().keySet().iterator().next();
        if (!first.equals(kind)) {
            problems.add(
                    ProblemCode.DOCUMENT_INVALID,
                    entries.placeOf(first),
                    "expected '" + kind + "' as the first word, found '" + first + "'",
                    entries.find(kind) != null
                            ? "move '" + kind + "' to the first line"
                            : "write '" + kind + ": NAME' in the first line");
        }
        Tree name = entries.find(kind);
        if (name == null) {
            return Optional.empty();
        }
        String text = name instanceof Tree.Leaf leaf ? leaf.text() : "";
        if (!isName(text)) {
            problems.add(
                    ProblemCode.VALUE_INVALID,
                    name.place(),
                    "the name of a "
                            + kind
                            + " expects letters, digits, '_' and '-', got "
                            + Words.describe(name),
                    "write it like '" + kind + ": sales'");
            return Optional.empty();
        }
        return Optional.of(new Document(file, text, name.place(), entries, List.of()));
    }

    /// The same document with values in the place of its references.
    Document resolved(References references) {
        References.Resolved resolved = references.resolve(tree);
        return resolved.tree() instanceof Tree.Entries entries
                ? new Document(file, name, place, entries, resolved.taken())
                : this;
    }

    /// Whether a text may name a connection, a flow or a step: letters of any script.
    static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= NAME_MAX
                && text.charAt(0) != '-'
                && text.codePoints()
                        .allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-');
    }
}
