package dev.mortise.engine.operator.cast;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Tells JSON from other text.
final class JsonText {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int SHOWN = 100;

    private JsonText() {}

    /// @throws ProblemException CAST_FAILED when the text is not one JSON value
    static void check(String text) {
        try (var parser = JSON.createParser(text)) {
            boolean some = parser.nextToken() != null;
            parser.skipChildren();
            if (some && parser.nextToken() == null) {
                return;
            }
        } catch (JacksonException _) {
            // Said below, in the words of all casts.
        }
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        throw ProblemException.of(
                ProblemCode.CAST_FAILED,
                "expected json, got '" + shown + "'",
                "mend the value, or convert it in a map step");
    }
}
