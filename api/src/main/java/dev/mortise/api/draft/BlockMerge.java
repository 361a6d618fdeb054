package dev.mortise.api.draft;

import dev.mortise.api.draft.Change.Kind;
import dev.mortise.api.draft.call.Secrets;
import dev.mortise.api.draft.text.Node;
import dev.mortise.api.draft.text.YamlScalars;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Merges entries of two documents into lines. For each entry there are three values: what the last
/// import wrote (its mark), what stands there now, and what the new draft says.
///
/// | now | draft | |
/// |---|---|---|
/// | as the import wrote it | another | the draft's lines |
/// | changed by hand | any | stays |
/// | removed by hand | any | stays away |
/// | never there | any | added |
final class BlockMerge {
    private static final String CONNECTION = "connection";
    private static final int SHOWN_MAX = 60;

    private final Marks marks;
    private final boolean complete;
    private final List<String> out;
    private final List<Change> changes = new ArrayList<>();

    /// Where an entry belongs.
    ///
    /// @param group of its marks
    /// @param resource its name in the old document; empty for the connection
    /// @param word the word above it; empty for none
    private record Scope(String group, String resource, String word) {
        String[] names(String name) {
            return word.isEmpty() ? new String[] {name} : new String[] {word, name};
        }

        String what(String name) {
            return word.isEmpty() ? name : word + "." + name;
        }
    }

    /// @param complete whether what the draft lacks is gone
    /// @param out takes the lines
    BlockMerge(Marks marks, boolean complete, List<String> out) {
        this.marks = marks;
        this.complete = complete;
        this.out = out;
    }

    List<Change> changes() {
        return changes;
    }

    /// An entry of the connection itself. A draft of a few calls does not speak for all others, so
    /// it changes nothing here.
    void connection(YamlBlock old, @Nullable YamlBlock fresh) {
        Scope scope = new Scope(CONNECTION, "", "");
        if (complete || old.name().equals(CONNECTION)) {
            entry(scope, old, old.name().equals(CONNECTION) ? null : fresh);
            return;
        }
        out.addAll(old.lines());
        if (fresh != null && !same(old, fresh)) {
            report(Kind.KEPT, old, "", old.name(), "the draft has another value");
        }
    }

    void connectionLacks(YamlBlock fresh) {
        missing(new Scope(CONNECTION, "", ""), fresh, 1, fresh);
    }

    /// @param gone a comment that no longer holds
    void resource(YamlBlock old, YamlBlock fresh, String gone) {
        String group = Marks.identity(old.node());
        Scope scope =
                new Scope(
                        marks.knows(group) ? group : Marks.identity(fresh.node()), old.name(), "");
        Optional<Map<String, YamlBlock>> parts = old.children();
        if (parts.isEmpty()) {
            out.addAll(old.lines());
            kept(scope, old, fresh);
            return;
        }
        old.head(parts.get()).stream().filter(l -> !l.strip().equals(gone)).forEach(out::add);
        map(scope, parts.get(), fresh.children().orElse(Map.of()), old);
    }

    private void kept(Scope scope, YamlBlock old, YamlBlock fresh) {
        boolean differs =
                fresh.node().entries().entrySet().stream()
                        .anyMatch(
                                part ->
                                        !Marks.value(part.getValue())
                                                .equals(Marks.value(old.node().at(part.getKey()))));
        if (differs) {
            report(
                    Kind.KEPT,
                    old,
                    scope.resource,
                    "",
                    "it differs, and is written in one line by hand");
        }
    }

    private void map(
            Scope scope,
            Map<String, YamlBlock> old,
            Map<String, YamlBlock> fresh,
            YamlBlock above) {
        int column = old.values().stream().mapToInt(YamlBlock::column).findFirst().orElse(1);
        for (YamlBlock block : old.values()) {
            entry(scope, block, fresh.get(block.name()));
        }
        for (YamlBlock block : fresh.values()) {
            if (!old.containsKey(block.name())) {
                missing(scope, block, column, above);
            }
        }
    }

    private void entry(Scope scope, YamlBlock old, @Nullable YamlBlock fresh) {
        Optional<String> mark = marks.find(scope.group, scope.names(old.name()));
        boolean untouched = mark.filter(Marks.value(old.node())::equals).isPresent();
        if (fresh == null) {
            absent(scope, old, untouched && complete);
            return;
        }
        if (same(old, fresh)) {
            out.addAll(old.lines());
            return;
        }
        Optional<Map<String, YamlBlock>> parts = old.children();
        Optional<Map<String, YamlBlock>> others = fresh.children();
        boolean inside =
                scope.word.isEmpty() && Marks.isMap(old.name()) && !scope.resource.isEmpty();
        if (inside && parts.isPresent() && others.isPresent()) {
            out.addAll(old.head(parts.get()));
            map(new Scope(scope.group, scope.resource, old.name()), parts.get(), others.get(), old);
        } else if (untouched) {
            out.addAll(fresh.linesAt(old.column()));
            report(
                    Kind.CHANGED,
                    old,
                    scope.resource,
                    scope.what(old.name()),
                    difference(old, fresh));
        } else {
            out.addAll(old.lines());
            boolean news = mark.filter(Marks.value(fresh.node())::equals).isEmpty();
            if (news) {
                report(
                        Kind.KEPT,
                        old,
                        scope.resource,
                        scope.what(old.name()),
                        difference(old, fresh));
            }
        }
    }

    private void absent(Scope scope, YamlBlock old, boolean remove) {
        if (remove) {
            report(
                    Kind.REMOVED,
                    old,
                    scope.resource,
                    scope.what(old.name()),
                    "it is no longer in the document");
            return;
        }
        out.addAll(old.lines());
    }

    private void missing(Scope scope, YamlBlock fresh, int column, YamlBlock near) {
        if (marks.find(scope.group, scope.names(fresh.name())).isPresent()) {
            // It was here once and was removed by hand.
            return;
        }
        out.addAll(fresh.linesAt(column));
        report(
                Kind.ADDED,
                near,
                scope.resource,
                scope.what(fresh.name()),
                "it is " + shown(fresh.name(), fresh.node()));
    }

    /// A resource the old document lacks.
    ///
    /// @param names those in use; the new one is added
    void add(YamlBlock fresh, int column, Set<String> names) {
        String name = fresh.name();
        for (int i = 2; !names.add(name); i++) {
            name = fresh.name() + "_" + i;
        }
        List<String> lines = new ArrayList<>(fresh.linesAt(column));
        lines.set(fresh.lead(), " ".repeat(column - 1) + YamlScalars.flow(name) + ":");
        out.addAll(lines);
        Node call = fresh.node().has("write") ? fresh.node().at("write") : fresh.node();
        changes.add(
                new Change(
                        Kind.ADDED,
                        name,
                        "",
                        Place.NOWHERE.toString(),
                        "it is new: " + shown("path", call.at("path"))));
    }

    private static boolean same(YamlBlock old, YamlBlock fresh) {
        return Marks.value(old.node()).equals(Marks.value(fresh.node()));
    }

    void report(Kind kind, YamlBlock near, String resource, String what, String message) {
        changes.add(new Change(kind, resource, what, near.node().place().toString(), message));
    }

    private static String difference(YamlBlock old, YamlBlock fresh) {
        return "the draft has %s, there stood %s"
                .formatted(shown(fresh.name(), fresh.node()), shown(old.name(), old.node()));
    }

    /// A value in a few words; what may hold a secret is not shown.
    private static String shown(String name, Node node) {
        boolean hidden = Secrets.isNamed(name) || List.of("auth", "headers", "body").contains(name);
        if (hidden) {
            return "a value that is not shown";
        }
        Tree tree = node.tree();
        if (tree == null) {
            return "nothing";
        }
        return switch (tree) {
            case Tree.Leaf leaf -> "'" + brief(leaf.text()) + "'";
            case Tree.Items items -> "a list of " + items.items().size();
            case Tree.Entries entries ->
                    "'" + brief(String.join(", ", entries.entries().keySet())) + "'";
        };
    }

    private static String brief(String text) {
        String masked = Secrets.mask(text);
        int end =
                masked.offsetByCodePoints(
                        0, Math.min(SHOWN_MAX, masked.codePointCount(0, masked.length())));
        return masked.substring(0, end) + (end < masked.length() ? "…" : "");
    }
}
