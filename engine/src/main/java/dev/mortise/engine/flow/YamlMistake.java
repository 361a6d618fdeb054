package dev.mortise.engine.flow;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Says in our words what the YAML parser stumbled over: what was expected, what stands there.
final class YamlMistake {
    private static final int SNIPPET_MAX = 24;

    /// @param said a part of the parser's words
    /// @param message with `%s` for what stands there
    /// @param fix with `%s` for where the bracket or quote begins
    private record Saying(String said, String message, String fix) {}

    private static final List<Saying> SAYINGS =
            List.of(
                    new Saying(
                            "mapping values are not allowed",
                            "expected one value, found a second ':' or a wrong indentation",
                            "put the value in quotes, or indent the line like its neighbours"),
                    new Saying(
                            "scanning an alias",
                            "expected a value, found an alias that ends at %s",
                            "put a text that starts with '*' in quotes"),
                    new Saying("(TAB)", "expected spaces, found a tab", "indent with spaces"),
                    new Saying(
                            "cannot start any token",
                            "expected a value, found %s",
                            "put the text in quotes"),
                    new Saying(
                            "expected ',' or ']'",
                            "expected ',' or ']', found %s",
                            "close the bracket opened %s"),
                    new Saying(
                            "expected ',' or '}'",
                            "expected ',' or '}', found %s",
                            "close the bracket opened %s"),
                    new Saying(
                            "unexpected end of stream",
                            "expected a closing quote, found the end of the file",
                            "close the quote opened %s"),
                    new Saying(
                            "expected ':'",
                            "expected ':' after a word, found %s",
                            "write 'word: value'"),
                    new Saying(
                            "expected <block end>",
                            "expected the indentation of the lines above, found %s",
                            "indent the line like its neighbours, or put the value before it in"
                                    + " quotes"),
                    new Saying(
                            "escape",
                            "expected an escape such as \\t, found %s",
                            "use single quotes, which keep a backslash as it is"));

    private YamlMistake() {}

    static Problem of(String file, String text, YamlEngineException mistake) {
        return switch (mistake) {
            case MarkedYamlEngineException marked -> marked(file, text, marked);
            case ReaderException reader -> character(file, text, reader);
            default ->
                    problem(
                            new Place(file, 1, 1),
                            "expected valid YAML, found: " + mistake.getMessage(),
                            "");
        };
    }

    private static Problem marked(String file, String text, MarkedYamlEngineException mistake) {
        Optional<Mark> mark = mistake.getProblemMark().or(mistake::getContextMark);
        Place place = mark.map(m -> YamlReader.place(file, m)).orElse(new Place(file, 1, 1));
        String found = mark.map(m -> snippet(file, text, m.getIndex())).orElse("something else");
        String opened =
                mistake.getContextMark().map(m -> "in line " + (m.getLine() + 1)).orElse("before");
        String said = mistake.getContext() + ": " + mistake.getProblem();
        for (Saying saying : SAYINGS) {
            if (said.contains(saying.said())) {
                return problem(
                        place, saying.message().formatted(found), saying.fix().formatted(opened));
            }
        }
        return problem(place, "expected valid YAML, found " + found + ": " + said, "mend the line");
    }

    private static Problem character(String file, String text, ReaderException mistake) {
        int end = Math.min(text.length(), Math.max(0, mistake.getPosition()));
        String before = text.substring(0, end);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return problem(
                new Place(file, line, end - before.lastIndexOf('\n')),
                "expected text, found the control character U+%04X"
                        .formatted(mistake.getCodePoint()),
                "remove it");
    }

    /// What stands at a code point of the text: to the end of the line, but of a connection only
    /// one character, for it may be a password.
    private static String snippet(String file, String text, int index) {
        int from =
                text.offsetByCodePoints(0, Math.min(index, text.codePointCount(0, text.length())));
        if (text.substring(from).isBlank()) {
            return "the end of the file";
        }
        String line = text.substring(from).lines().findFirst().orElse("").strip();
        if (line.isEmpty()) {
            return "the end of the line";
        }
        int max = file.startsWith("connections/") ? 1 : SNIPPET_MAX;
        return "'" + (line.length() > max ? line.substring(0, max) + "…" : line) + "'";
    }

    private static Problem problem(Place place, String message, String fix) {
        return new Problem(ProblemCode.YAML_INVALID, message, place.toString(), fix);
    }
}
