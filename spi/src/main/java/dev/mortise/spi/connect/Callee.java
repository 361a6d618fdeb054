package dev.mortise.spi.connect;

import dev.mortise.spi.type.Schema;
import java.util.List;

/// What a call takes and gives.
///
/// @param answer the columns of its rows
/// @param names the values it can be given
/// @param required those without which there is no call
/// @param repeatable whether asking twice does no more than asking once, so that an answer may be
///     remembered
public record Callee(Schema answer, List<String> names, List<String> required, boolean repeatable) {
    public Callee {
        names = List.copyOf(names);
        required = List.copyOf(required);
    }
}
