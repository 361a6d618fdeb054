package dev.mortise.api.soap;

import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What goes into the header of an envelope.
///
/// @param blocks header blocks the operation declares, by name
public record Headers(ObjectNode blocks, Optional<Security> security) {
    public static final Headers NONE =
            new Headers(JsonNodeFactory.instance.objectNode(), Optional.empty());

    public static Headers of(Security security) {
        return new Headers(JsonNodeFactory.instance.objectNode(), Optional.of(security));
    }
}
