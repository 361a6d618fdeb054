package dev.mortise.server.audit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes the values of secrets out of what the audit keeps. A reference such as `${secret:erp}` is
/// no secret, and stays.
public final class Mask {
    public static final String MASKED = "***";

    private static final String WORD =
            "[\\w.-]{0,40}?(?:password|passwd|passphrase|secret|token|api_?key|private_?key"
                    + "|authorization|credential|cookie)[\\w.-]{0,40}+";
    private static final String VALUE =
            "\"(?:[^\"\\\\]|\\\\.)*+\"" // in double quotes
                    + "|'(?:[^']|'')*+'" // in single quotes
                    + "|[|>][^\\n]*+(?:\\n(?:[ \\t]++[^\\n]*+|(?=\\n)))*+" // a block below
                    // plain
                    + "|(?:\\$\\{[^}\\n]*+}|[^\\s,{}\\[\\]#&*])"
                    + "(?:\\$\\{[^}\\n]*+}|[^\\n,}])*+";
    private static final Pattern SECRET =
            Pattern.compile(
                    "(\"?'?" + WORD + "\"?'?[ \\t]*+[:=][ \\t]*+)(" + VALUE + ")",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern REFERENCE =
            Pattern.compile("[\"']?\\$\\{[a-z]+:[^}\\n]*}?[\"']?\\s*");

    private Mask() {}

    public static String of(String text) {
        Matcher found = SECRET.matcher(text);
        return found.replaceAll(
                hit ->
                        Matcher.quoteReplacement(
                                REFERENCE.matcher(hit.group(2)).matches()
                                        ? hit.group()
                                        : hit.group(1) + MASKED));
    }
}
