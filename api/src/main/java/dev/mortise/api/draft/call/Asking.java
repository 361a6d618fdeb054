package dev.mortise.api.draft.call;

import dev.mortise.api.draft.call.Operation.In;
import dev.mortise.api.draft.call.Operation.Param;
import dev.mortise.api.draft.call.Shape.Fields;
import java.util.ArrayList;
import java.util.List;

/// Calls that change something, take no body and tell how it went: `POST /orders/{id}/cancel`. A
/// row gives them the values of path and query, and their answer is of use, so they are asked in a
/// step `call`.
final class Asking {
    private Asking() {}

    static boolean fits(Operation operation, Records records) {
        boolean silent = operation.request() instanceof Shape.Nothing;
        boolean answers =
                records.record() instanceof Fields fields
                        && fields.fields().keySet().stream().anyMatch(Steps::isUsable);
        // The connector reads by GET, POST and PUT.
        return silent
                && answers
                && !operation.method().equals("PATCH")
                && !given(operation).isEmpty();
    }

    /// The values that only a row has.
    static List<String> given(Operation operation) {
        List<String> given = new ArrayList<>();
        for (Param param : operation.params()) {
            boolean open = param.value().filter(v -> !v.equals(FillIn.TEXT)).isEmpty();
            boolean asked = param.in() == In.QUERY && param.required() && open;
            if (param.in() == In.PATH || asked) {
                given.add(param.name());
            }
        }
        return given;
    }
}
