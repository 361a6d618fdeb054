package dev.mortise.api.yaml;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;

/// How much a document may hold. What is larger is refused before it costs anything.
public final class Bounds {
    /// Levels of nesting.
    public static final int DEPTH_MAX = 100;

    /// Nodes of a document that others wrote, those reached through aliases counted each time.
    public static final int NODES_MAX = 2_000_000;

    private final int nodesMax;
    private int nodes;

    public Bounds(int nodesMax) {
        this.nodesMax = nodesMax;
    }

    /// Counts nodes that a reader of the tree will meet at this place.
    ///
    /// @throws ProblemException with `LIMIT_EXCEEDED`
    public void count(int more, int depth, Place place) {
        nodes = Math.addExact(nodes, more);
        if (nodes > nodesMax) {
            throw exceeded(place, "holds at most " + nodesMax + " values", "give a part of it");
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
