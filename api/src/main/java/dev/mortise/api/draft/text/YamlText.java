package dev.mortise.api.draft.text;

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

/// Reads YAML that others wrote into a tree: the first document, tags ignored, aliases and `<<`
/// followed. Each alias counts as often as what it stands for, so a document that unfolds
/// without end is refused instead.
public final class YamlText {
    private static final String MERGE = "<<";

    /// @param nodes how many nodes the tree has, aliases unfolded
    private record Anchored(Tree tree, int nodes) {}

    private final String file;
    private final Iterator<Event> events;
    private final Bounds bounds = new Bounds();
    private final Map<Anchor, Anchored> anchors = new HashMap<>();

    private YamlText(String file, String text) {
        this.file = file;
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setCodePointLimit(64 << 20).build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /// @param file names the text in places
    /// @throws ProblemException `YAML_INVALID` with line and column, or `LIMIT_EXCEEDED`
    public static Tree read(String file, String text) {
        try {
            return new YamlText(file, text).document();
        } catch (YamlEngineException e) {
            throw new ProblemException(mistake(file, e));
        }
    }

    private Tree document() {
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof NodeEvent) {
                return node(event, 1);
            }
        }
        return new Tree.Leaf("", false, new Place(file, 1, 1));
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
        boolean nothing = scalar.isPlain() && (text.equals("~") || text.equalsIgnoreCase("null"));
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

    private Place place(Event event) {
        return event.getStartMark().map(mark -> place(file, mark)).orElse(new Place(file, 1, 1));
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
                            .orElse(new Place(file, 1, 1));
            return problem(place, "expected valid YAML, found: " + marked.getProblem());
        }
        return problem(new Place(file, 1, 1), "expected valid YAML, found a character it forbids");
    }

    private static Problem problem(Place place, String message) {
        return new Problem(
                ProblemCode.YAML_INVALID, message, place.toString(), "mend it, or export again");
    }
}
