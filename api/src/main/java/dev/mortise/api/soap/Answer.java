package dev.mortise.api.soap;

import dev.mortise.spi.problem.Problem;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What an envelope brings back.
public sealed interface Answer {
    /// @param value the body under the shape of the operation's output
    /// @param headers the header blocks the operation declares, by name
    /// @param notes where the answer departs from the schema; a hundred at most
    record Returned(JsonNode value, ObjectNode headers, List<Problem> notes) implements Answer {
        public Returned {
            notes = List.copyOf(notes);
        }
    }

    record Faulted(SoapFault fault) implements Answer {}
}
