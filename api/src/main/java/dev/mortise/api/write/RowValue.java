package dev.mortise.api.write;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;

/// What the value of a row has to be like where a call is made of it. A value that is not is a
/// mistake of its row (`CONSTRAINT_BROKEN`), which is set aside alone.
public final class RowValue {
    private static final String FIX = "fill the column, or leave such rows out";

    private RowValue() {}

    /// An empty place would make another call: a version that guards nothing, a list for a record.
    public static void filled(String name, String value) {
        if (value.isEmpty()) {
            throw unfit("the call needs a value '%s', the row has ''".formatted(name), FIX);
        }
    }

    /// A place of a path, where dots lead elsewhere (RFC 3986 section 5.2.4).
    public static void inPath(String name, String value) {
        filled(name, value);
        if (value.equals(".") || value.equals("..")) {
            String found = "the call needs a value '%s', the row has '%s'".formatted(name, value);
            throw unfit(found, FIX);
        }
    }

    /// A header holds what is visible in Latin-1, blanks and tabs (RFC 9110 section 5.5).
    public static void inHeader(String name, String value) {
        filled(name, value);
        boolean fits = value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 127 && c < 256));
        if (!fits) {
            throw unfit(
                    "the value '%s' goes into a header, which holds no line breaks and no letters"
                                    .formatted(name)
                            + " beyond Latin-1",
                    "send it in the body or the query, or encode it in a map step");
        }
    }

    private static ProblemException unfit(String message, String fix) {
        return ProblemException.of(ProblemCode.CONSTRAINT_BROKEN, message, fix);
    }
}
