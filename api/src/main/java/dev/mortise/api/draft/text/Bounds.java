package dev.mortise.api.draft.text;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;

/// How much a document may hold. What is larger is refused before it costs anything.
final class Bounds {
    /// Levels of nesting.
    static final int DEPTH_MAX = 100;

    /// Nodes of a tree, those reached through aliases counted each time.
    static final int NODES_MAX = 2_000_000;

    private int nodes;

    /// Counts nodes that a reader of the tree will meet at this place.
    void count(int more, int depth, Place place) {
        nodes = Math.addExact(nodes, more);
        if (nodes > NODES_MAX) {
            throw exceeded(place, "holds at most " + NODES_MAX + " values", "import a part of it");
        }
        if (depth > DEPTH_MAX) {
            throw exceeded(place, "nests at most " + DEPTH_MAX + " levels deep", "flatten it");
        }
    }

    int nodes() {
        return nodes;
    }

    private static ProblemException exceeded(Place place, String limit, String fix) {
        return new ProblemException(
                new Problem(
                        ProblemCode.LIMIT_EXCEEDED,
                        "a document " + limit + ", this one goes beyond",
                        place.toString(),
                        fix));
    }
}
