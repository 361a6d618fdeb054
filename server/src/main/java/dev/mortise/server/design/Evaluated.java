package dev.mortise.server.design;

import dev.mortise.server.web.ProblemBody;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What expressions make of some rows.
///
/// @param rows the value of each column, row by row
/// @param types of the columns
/// @param problems of expressions that cannot run; their place is the column
record Evaluated(
        List<Map<String, Value>> rows, Map<String, String> types, List<ProblemBody.One> problems) {
    /// One value.
    ///
    /// @param failed whether the source has a value of which the expression makes none
    /// @param message what the strict conversion says
    record Value(@Nullable String value, boolean failed, @Nullable String message) {}
}
