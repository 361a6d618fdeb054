package dev.mortise.api.soap;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.api.soap.schema.Xml;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Where a value stands in the JSON of a message, as `$.order.lines[2].code`.
record Path(@Nullable Path above, String key, int index, int depth) {
    static final Path ROOT = new Path(null, "$", -1, 0);

    /// @throws ProblemException past [Xml#DEPTH_MAX]
    Path child(String name) {
        if (depth >= Xml.DEPTH_MAX) {
            throw ProblemException.of(
                    ProblemCode.LIMIT_EXCEEDED,
                    "values stand at most %d deep in one another".formatted(Xml.DEPTH_MAX),
                    "flatten the document");
        }
        return new Path(this, name, -1, depth + 1);
    }

    Path item(int at) {
        return new Path(above, key, at, depth);
    }

    /// The path of names alone.
    JsonPath names() {
        Deque<String> names = new ArrayDeque<>();
        for (Path at = this; at != null && at.above != null; at = at.above) {
            names.addFirst(at.key);
        }
        return new JsonPath(new ArrayList<>(names));
    }

    @Override
    public String toString() {
        String own = index < 0 ? key : key + "[" + index + "]";
        return above == null ? own : above + "." + own;
    }
}
