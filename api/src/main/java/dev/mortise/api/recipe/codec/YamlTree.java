package dev.mortise.api.recipe.codec;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads a small YAML document into a tree that knows its places. An alias repeats what it stands
/// for; together a document may have 10,000 values.
public final class YamlTree {
    private static final int NODES_MAX = 10_000;
    private static final int DEPTH_MAX = 50;
    private static final int CHARACTERS_MAX = 1_000_000;

    private final String file;
    private final List<Problem> problems;
    private int nodes;

    private YamlTree(String file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /// The tree; empty when the text is no YAML, of which a problem is added.
    public static Optional<Tree> read(String file, String yaml, List<Problem> problems) {
        YamlTree reader = new YamlTree(file, problems);
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setCodePointLimit(CHARACTERS_MAX).build();
        try {
            Optional<Node> root = new Compose(settings).composeString(yaml);
            if (root.isEmpty()) {
                reader.problem(new Place(file, 1, 1), "expected a document, found nothing");
            }
            return root.map(node -> reader.tree(node, 1));
        } catch (MarkedYamlEngineException e) {
            Place place =
                    e.getProblemMark().map(reader::place).orElseGet(() -> new Place(file, 1, 1));
            reader.problem(place, "expected valid YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            reader.problem(new Place(file, 1, 1), "expected valid YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private Tree tree(Node node, int depth) {
        Place place = node.getStartMark().map(this::place).orElse(Place.NOWHERE);
        if (++nodes > NODES_MAX || depth > DEPTH_MAX) {
            throw new YamlEngineException(
                    "a document has at most %d values, nested at most %d deep"
                            .formatted(NODES_MAX, DEPTH_MAX));
        }
        return switch (node) {
            case MappingNode mapping -> entries(mapping, place, depth);
            case SequenceNode sequence ->
                    new Tree.Items(
                            sequence.getValue().stream().map(n -> tree(n, depth + 1)).toList(),
                            place);
            case ScalarNode scalar -> leaf(scalar, place);
            default -> new Tree.Leaf("", false, place);
        };
    }

    private static Tree leaf(ScalarNode scalar, Place place) {
        boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
        String text = scalar.getValue();
        boolean nothing = plain && (text.equals("~") || text.equals("null"));
        return new Tree.Leaf(nothing ? "" : text, !plain, place);
    }

    private Tree entries(MappingNode mapping, Place place, int depth) {
        Map<String, Tree> entries = new LinkedHashMap<>();
        Map<String, Place> names = new LinkedHashMap<>();
        for (NodeTuple tuple : new ArrayList<>(mapping.getValue())) {
            Place where = tuple.getKeyNode().getStartMark().map(this::place).orElse(place);
            String name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
            if (name.isEmpty() || names.putIfAbsent(name, where) != null) {
                problem(
                        where,
                        "expected a word that does not stand there yet, found '" + name + "'");
            }
            entries.put(name, tree(tuple.getValueNode(), depth + 1));
        }
        return new Tree.Entries(entries, names, place);
    }

    private Place place(Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private void problem(Place place, String message) {
        problems.add(
                new Problem(ProblemCode.YAML_INVALID, message, place.toString(), "mend the line"));
    }
}
