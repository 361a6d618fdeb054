package dev.mortise.api.yaml;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads YAML into a tree: tags are ignored, aliases and `<<` followed. Each alias counts as often
/// as what it stands for, so a document that unfolds without end is refused instead.
public final class YamlText {
    private static final String MERGE = "<<";
    private static final Set<String> NULLS = Set.of("~", "null", "Null", "NULL");

    /// Values that a definition may have.
    private static final int DEFINITION_NODES_MAX = 10_000;

    private static final int DEFINITION_CHARACTERS_MAX = 1_000_000;
    private static final int CHARACTERS_MAX = 64 << 20;

    /// @param nodes how many nodes the tree has, aliases unfolded
    private record Anchored(Tree tree, int nodes) {}

    private final String file;
    private final Iterator<Event> events;
    private final Bounds bounds;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();

    /// Names that are missing or stand twice in one mapping.
    private final List<Problem> misnamed = new ArrayList<>();

    private YamlText(String file, String text, int nodesMax, int charactersMax) {
        this.file = file;
        this.bounds = new Bounds(nodesMax);
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setCodePointLimit(charactersMax).build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /// Reads the first document of a text that others wrote. Of two entries of one name the last
    /// counts, as most readers have it.
    ///
    /// @param file names the text in places
    /// @throws ProblemException `YAML_INVALID` with line and column, or `LIMIT_EXCEEDED`
    public static Tree read(String file, String text) {
        try {
            YamlText reader = new YamlText(file, text, Bounds.NODES_MAX, CHARACTERS_MAX);
            return reader.document().orElseGet(() -> new Tree.Leaf("", false, start(file)));
        } catch (YamlEngineException e) {
            throw new ProblemException(mistake(file, e));
        }
    }

    /// Reads a definition: one small document, in which no name stands twice.
    ///
    /// @param file names the text in places
    /// @return empty when a problem was added
    public static Optional<Tree> definition(String file, String text, List<Problem> problems) {
        try {
            YamlText reader =
                    new YamlText(file, text, DEFINITION_NODES_MAX, DEFINITION_CHARACTERS_MAX);
            Optional<Tree> tree = reader.document();
            problems.addAll(reader.misnamed);
            if (tree.isEmpty()) {
                problems.add(problem(start(file), "expected a document, found nothing"));
            }
            reader.next().ifPresent(e -> problems.add(reader.second(e)));
            return reader.misnamed.isEmpty() ? tree : Optional.empty();
        } catch (YamlEngineException e) {
            problems.add(mistake(file, e));
        } catch (ProblemException e) {
            problems.add(e.problem());
        }
        return Optional.empty();
    }

    private Problem second(Event event) {
        return problem(place(event), "expected one document, found another after it");
    }

    private Optional<Tree> document() {
        return next().map(event -> node(event, 1));
    }

    /// The event that begins the next document.
    private Optional<Event> next() {
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof NodeEvent) {
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }

    private Tree node(Event event, int depth) {
        Place place = place(event);
        if (event instanceof AliasEvent alias) {
            return alias(alias, depth, place);
        }
        int before = bounds.nodes();
        bounds.count(1, depth, place);
        Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
        Tree tree =
                switch (event) {
                    case ScalarEvent scalar -> leaf(scalar, place);
                    case CollectionStartEvent start ->
                            start.getEventId() == Event.ID.MappingStart
                                    ? entries(place, depth)
                                    : items(place, depth);
                    default -> throw invalid(place, "expected a value, found something else");
                };
        anchor.ifPresent(a -> anchors.put(a, new Anchored(tree, bounds.nodes() - before)));
        return tree;
    }

    private Tree alias(AliasEvent alias, int depth, Place place) {
        Anchored known = anchors.get(alias.getAlias());
        if (known == null) {
            throw invalid(place, "expected the alias of an anchor above, found an unknown one");
        }
        bounds.count(known.nodes, depth + height(known.tree), place);
        return known.tree;
    }

    private static int height(Tree tree) {
        return switch (tree) {
            case Tree.Leaf _ -> 1;
            case Tree.Items items ->
                    1 + items.items().stream().mapToInt(YamlText::height).max().orElse(0);
            case Tree.Entries entries ->
                    1
                            + entries.entries().values().stream()
                                    .mapToInt(YamlText::height)
                                    .max()
                                    .orElse(0);
        };
    }

    private static Tree leaf(ScalarEvent scalar, Place place) {
        String text = scalar.getValue();
        boolean nothing = scalar.isPlain() && NULLS.contains(text);
        return new Tree.Leaf(nothing ? "" : text, !scalar.isPlain(), place);
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
        List<Tree> merged = new ArrayList<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.MappingEnd) {
            Place keyPlace = place(event);
            Tree key = node(event, depth + 1);
            Tree value = node(events.next(), depth + 1);
            String name = key instanceof Tree.Leaf leaf ? leaf.text() : "";
            if (name.isEmpty() || names.containsKey(name)) {
                misnamed.add(misnamed(keyPlace, name));
            }
            if (name.equals(MERGE)) {
                merged.addAll(value instanceof Tree.Items many ? many.items() : List.of(value));
            } else {
                names.put(name, keyPlace);
                entries.put(name, value);
            }
            event = events.next();
        }
        for (Tree tree : merged) {
            if (tree instanceof Tree.Entries other) {
                other.entries().forEach(entries::putIfAbsent);
                other.names().forEach(names::putIfAbsent);
            }
        }
        return new Tree.Entries(entries, names, place);
    }

    private static Problem misnamed(Place place, String name) {
        return problem(
                place, "expected a name that does not stand there yet, found '" + name + "'");
    }

    private static Place start(String file) {
        return new Place(file, 1, 1);
    }

    private Place place(Event event) {
        return event.getStartMark().map(mark -> place(file, mark)).orElse(start(file));
    }

    private static Place place(String file, Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static ProblemException invalid(Place place, String message) {
        return new ProblemException(problem(place, message));
    }

    private static Problem mistake(String file, YamlEngineException mistake) {
        if (mistake instanceof MarkedYamlEngineException marked) {
            Place place =
                    marked.getProblemMark()
                            .or(marked::getContextMark)
                            .map(mark -> place(file, mark))
                            .orElse(start(file));
            return problem(place, "expected valid YAML, found: " + marked.getProblem());
        }
        return problem(start(file), "expected valid YAML, found a character it forbids");
    }

    private static Problem problem(Place place, String message) {
        return new Problem(ProblemCode.YAML_INVALID, message, place.toString(), "mend it there");
    }
}
