package dev.mortise.api.draft.call;

import dev.mortise.api.draft.call.Operation.In;
import dev.mortise.api.draft.call.Operation.Param;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a call sends beside its body, as a definition writes it.
record Parameters(Findings findings) {
    private static final int NOTES_MAX = 40;
    private static final int NAME_MAX = 200;

    /// What the definition sends: holes of the path and parameters of the query.
    ///
    /// @param used names that paging sends
    /// @param given names a row gives values for
    Map<String, String> params(Operation operation, Set<String> used, List<String> given) {
        Map<String, String> params = new LinkedHashMap<>();
        for (Param param : operation.params()) {
            boolean asked = param.in() == In.PATH || (param.in() == In.QUERY && isSent(param));
            if (!asked || used.contains(param.name()) || given.contains(param.name())) {
                continue;
            }
            if (param.name().length() > NAME_MAX) {
                findings.leftOut(param.place(), "a parameter has a name that is too long", "");
                continue;
            }
            if (param.value().isEmpty()) {
                String why =
                        param.in() == In.PATH
                                ? "the path %s needs a value for '%s'"
                                : "%s needs a parameter '%s', which has no usual value";
                fillIn(param, why, operation);
            }
            if (params.putIfAbsent(param.name(), param.value().orElse(FillIn.TEXT)) != null) {
                findings.leftOut(
                        param.place(),
                        "parameter '" + param.name() + "' is sent twice; the first is kept",
                        "");
            }
        }
        return params;
    }

    private static boolean isSent(Param param) {
        return param.required() || param.value().isPresent();
    }

    /// The headers a call has to have, and those its document has a value for.
    Map<String, String> headers(Operation operation) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Param param : operation.params()) {
            if (param.in() == In.HEADER && isSent(param)) {
                if (param.value().isEmpty()) {
                    fillIn(param, "%s needs a header '%s', which has no usual value", operation);
                }
                headers.putIfAbsent(param.name(), param.value().orElse(FillIn.TEXT));
            }
        }
        return headers;
    }

    private void fillIn(Param param, String why, Operation operation) {
        findings.fillIn(
                param.place(),
                why.formatted(operation.path(), Names.title(param.name())),
                "put it in the place of " + FillIn.TEXT);
    }

    /// What the call takes besides, as comments a person can turn into parameters.
    static List<String> notes(Operation operation, Set<String> used) {
        List<String> notes = new ArrayList<>();
        for (Param param : operation.params()) {
            boolean told = param.in() == In.PATH || isSent(param);
            if (told || used.contains(param.name())) {
                continue;
            }
            if (notes.size() >= NOTES_MAX) {
                notes.add("…");
                return notes;
            }
            String where =
                    switch (param.in()) {
                        case PATH, QUERY -> "";
                        case HEADER -> " (header)";
                        case BODY -> " (body)";
                    };
            String about = (param.title() + " " + param.choices()).strip();
            notes.add(
                    "may take "
                            + Names.title(param.name())
                            + where
                            + (about.isEmpty() ? "" : ": " + about));
        }
        return notes;
    }
}
