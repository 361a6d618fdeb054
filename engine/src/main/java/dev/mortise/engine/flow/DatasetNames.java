package dev.mortise.engine.flow;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.ProblemCode;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/// Takes `connection.dataset` apart and remembers which connections a flow uses.
final class DatasetNames {
    record Name(String connection, String dataset) {}

    private final Collection<String> connections;
    private final Problems problems;
    private final Set<String> used = new LinkedHashSet<>();

    DatasetNames(Collection<String> connections, Problems problems) {
        this.connections = connections;
        this.problems = problems;
    }

    Set<String> used() {
        return used;
    }

    Name read(Words words, String word, String example) {
        String text = words.needText(word, example);
        int dot = text.indexOf('.');
        boolean whole = dot > 0 && dot < text.length() - 1;
        if (!whole && words.tree().text(word) != null && !text.isEmpty()) {
            problems.add(
                    ProblemCode.VALUE_INVALID,
                    words.place(word),
                    "'" + word + "' expects connection.dataset, got '" + text + "'",
                    "write it like '" + example + "'");
        }
        if (whole) {
            connection(text.substring(0, dot), words.place(word));
        }
        return whole ? new Name(text.substring(0, dot), text.substring(dot + 1)) : new Name("", "");
    }

    void connection(String name, Place place) {
        used.add(name);
        if (!connections.contains(name)) {
            problems.add(
                    ProblemCode.CONNECTION_UNKNOWN,
                    place,
                    "no connection is called '" + name + "'",
                    connections.isEmpty()
                            ? "describe it in connections/" + name + ".yaml"
                            : Nearest.fix(name, connections));
        }
    }
}
