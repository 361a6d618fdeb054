package dev.mortise.server.document;

import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// May a document be saved? What is wrong with it as a flow or a connection keeps it from being
/// published only: a draft may be unfinished.
final class DocumentRules {
    static final int BYTES_MAX = 1 << 20;
    private static final int TAGS_MAX = 20;
    private static final int TAG_MAX = 50;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_-]{0,99}");
    private static final Pattern TYPE =
            Pattern.compile("^type:[ \\t]*[\"']?([A-Za-z0-9_-]+)", Pattern.MULTILINE);

    private static final Pattern FLOW =
            Pattern.compile("^(\\uFEFF?flow:.*?)(\\r?\\n)", Pattern.MULTILINE);
    private static final Pattern FORMERLY =
            Pattern.compile("^formerly:[ \\t]*[\"']?([\\p{L}\\p{N}_-]+).*\\R?", Pattern.MULTILINE);

    private DocumentRules() {}

    static void demand(DocumentKind kind, String name, String text) {
        if (!NAME.matcher(name).matches()) {
            throw refused(
                    "the name of a %s expects letters, digits, '_' and '-', got '%s'"
                            .formatted(kind.key(), name),
                    "write it like 'sales'");
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > BYTES_MAX) {
            throw refused(
                    "a document has at most %d bytes, this one has %d".formatted(BYTES_MAX, bytes),
                    "split it");
        }
        String written = written(kind, text);
        if (!written.isEmpty() && !written.equals(name)) {
            throw refused(
                    "the document calls itself '%s', and is to be saved as '%s'"
                            .formatted(written, name),
                    "rename one of the two");
        }
    }

    /// The name a text gives itself in its first key; empty when it cannot be told.
    static String written(DocumentKind kind, String text) {
        Matcher line =
                Pattern.compile(
                                "^\\uFEFF?" + kind.key() + ":[ \\t]*[\"']?([\\p{L}\\p{N}_-]+)",
                                Pattern.MULTILINE)
                        .matcher(text);
        return line.find() ? line.group(1) : "";
    }

    /// A text that calls itself otherwise; every other byte stays.
    static String renamed(DocumentKind kind, String text, String to) {
        return Pattern.compile(
                        "^(\\uFEFF?" + kind.key() + ":[ \\t]*[\"']?)[\\p{L}\\p{N}_-]+",
                        Pattern.MULTILINE)
                .matcher(text)
                .replaceFirst("$1" + Matcher.quoteReplacement(to));
    }

    /// The text of a flow that was renamed, so that its targets find the progress they keep under
    /// the name it had.
    static String keeping(String text, String from, String to) {
        Matcher known = FORMERLY.matcher(text);
        if (known.find()) {
            return known.group(1).equals(to) ? known.replaceFirst("") : text;
        }
        return FLOW.matcher(text)
                .replaceFirst("$1$2formerly: " + Matcher.quoteReplacement(from) + "$2");
    }

    /// The name under which targets keep the progress of a renamed flow; empty for its own.
    static String formerly(String text) {
        Matcher known = FORMERLY.matcher(text);
        return known.find() ? known.group(1) : "";
    }

    /// Words by which documents are found.
    ///
    /// @throws ProblemsException when they are too many or too long
    static List<String> tags(List<String> given) {
        List<String> tags =
                given.stream()
                        .map(tag -> tag == null ? "" : tag.strip())
                        .distinct()
                        .sorted()
                        .toList();
        boolean fit =
                tags.stream()
                        .allMatch(
                                tag ->
                                        !tag.isEmpty()
                                                && tag.length() <= TAG_MAX
                                                && !tag.contains(","));
        if (!fit || tags.size() > TAGS_MAX) {
            throw refused(
                    "expected at most %d tags of 1 to %d characters without ','"
                            .formatted(TAGS_MAX, TAG_MAX),
                    "shorten them, or leave some out");
        }
        return tags;
    }

    /// The connector a connection's text names; empty when none is named.
    static String connector(DocumentKind kind, String text) {
        Matcher line = TYPE.matcher(text);
        return kind == DocumentKind.CONNECTIONS && line.find() ? line.group(1) : "";
    }

    private static ProblemsException refused(String message, String fix) {
        return new ProblemsException(List.of(Problem.of(ProblemCode.VALUE_INVALID, message, fix)));
    }
}
