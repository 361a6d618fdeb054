package dev.mortise.engine.flow;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads one YAML document into a tree in which every node knows its place. It reads the plain
/// part of YAML: no aliases, no tags, no keys that are not text. What it refuses it names and
/// reads on, where that is possible.
final class YamlReader {
    static final int DEPTH_MAX = 50;

    private final String file;
    private final Problems problems;
    private final Iterator<Event> events;

    /// What the parser meets behind an alias is mostly the rest of a text that lacks its quotes.
    private int aliasLine;

    private YamlReader(String file, String text, Problems problems) {
        this.file = file;
        this.problems = problems;
        LoadSettings settings = LoadSettings.builder().setLabel(file).build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /// The tree of a document; empty when it could not be taken apart or nests too deep.
    static Optional<Tree> read(String file, String text, Problems problems) {
        YamlReader reader = new YamlReader(file, text, problems);
        try {
            return reader.document();
        } catch (TooDeep tooDeep) {
            problems.add(
                    ProblemCode.LIMIT_EXCEEDED,
                    tooDeep.place,
                    "a document nests at most " + DEPTH_MAX + " levels deep, this one goes deeper",
                    "flatten it");
        } catch (YamlEngineException syntax) {
            Problem mistake = YamlMistake.of(file, text, syntax);
            if (!mistake.place().startsWith(file + ":" + reader.aliasLine + ":")) {
                problems.add(mistake);
            }
        }
        return Optional.empty();
    }

    private Optional<Tree> document() {
        Tree tree = null;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case Scalar, SequenceStart, MappingStart, Alias -> {
                    if (tree != null) {
                        secondDocument(event);
                        return Optional.of(tree);
                    }
                    tree = node(event, 1);
                }
                default -> {}
            }
        }
        return Optional.ofNullable(tree);
    }

    private void secondDocument(Event event) {
        problems.add(
                ProblemCode.DOCUMENT_INVALID,
                place(event),
                "expected one document in the file, found a second one after '---'",
                "move it to a file of its own");
    }

    private Tree node(Event event, int depth) {
        Place place = place(event);
        if (depth > DEPTH_MAX) {
            throw new TooDeep(place);
        }
        return switch (event) {
            case ScalarEvent scalar -> leaf(scalar, place);
            case AliasEvent alias -> alias(alias, place);
            case CollectionStartEvent start -> {
                refuseTag(start.getTag(), place);
                yield event.getEventId() == Event.ID.MappingStart
                        ? entries(place, depth)
                        : items(place, depth);
            }
            default -> throw new IllegalStateException("unexpected event " + event);
        };
    }

    private Tree leaf(ScalarEvent scalar, Place place) {
        refuseTag(scalar.getTag(), place);
        String text = scalar.getValue();
        boolean nothing = scalar.isPlain() && (text.equals("~") || text.equalsIgnoreCase("null"));
        return new Tree.Leaf(nothing ? "" : text, !scalar.isPlain(), place);
    }

    private Tree alias(AliasEvent alias, Place place) {
        String name = "*" + alias.getAlias().getValue();
        problems.add(
                ProblemCode.YAML_INVALID,
                place,
                "expected a value, found an alias, which starts with '*'",
                "put the text in quotes, or write the value out: aliases are not read");
        problems.silence(place);
        aliasLine = place.line();
        return new Tree.Leaf(name, false, place);
    }

    private void refuseTag(Optional<String> tag, Place place) {
        tag.ifPresent(
                name ->
                        problems.add(
                                ProblemCode.YAML_INVALID,
                                place,
                                "expected a plain value, found the tag '" + name + "'",
                                "leave the tag out"));
    }

    private Tree items(Place place, int depth) {
        List<Tree> items = new ArrayList<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.SequenceEnd) {
            items.add(node(event, depth + 1));
            event = events.next();
        }
        return new Tree.Items(items, place);
    }

    private Tree entries(Place place, int depth) {
        Map<String, Tree> entries = new LinkedHashMap<>();
        Map<String, Place> names = new LinkedHashMap<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.MappingEnd) {
            Place keyPlace = place(event);
            String name = name(node(event, depth + 1));
            Tree value = node(events.next(), depth + 1);
            Place first = name == null ? null : names.putIfAbsent(name, keyPlace);
            if (first != null) {
                writtenTwice(name, keyPlace, first);
            } else if (name != null) {
                entries.put(name, value);
            }
            event = events.next();
        }
        return new Tree.Entries(entries, names, place);
    }

    private @Nullable String name(Tree key) {
        if (key instanceof Tree.Leaf leaf && !leaf.text().isBlank()) {
            return leaf.text();
        }
        problems.add(
                ProblemCode.YAML_INVALID,
                key.place(),
                "expected a word before ':', found " + Words.describe(key),
                "write 'word: value'; a value that starts with '{' or '[' goes in quotes");
        return null;
    }

    private void writtenTwice(@Nullable String name, Place place, Place first) {
        problems.add(
                ProblemCode.YAML_INVALID,
                place,
                "'" + name + "' is written twice, first in line " + first.line(),
                "keep one of the two");
    }

    private Place place(Event event) {
        return event.getStartMark().map(mark -> place(file, mark)).orElse(new Place(file, 1, 1));
    }

    static Place place(String file, Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /// Leaves the recursion; never seen outside.
    private static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Place place;

        TooDeep(Place place) {
            super(null, null, false, false);
            this.place = place;
        }
    }
}
