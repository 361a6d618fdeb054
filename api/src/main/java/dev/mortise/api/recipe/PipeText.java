package dev.mortise.api.recipe;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.Collection;

/// The characters of a pipe or a template, and how far they have been read.
final class PipeText {
    private final String text;
    private final Place place;
    private final String what;
    private int at;

    /// @param what names the text in messages
    PipeText(String text, Place place, String what) {
        this.text = text;
        this.place = place;
        this.what = what;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /// The next character; 0 at the end.
    char peek() {
        return atEnd() ? '\0' : text.charAt(at);
    }

    char next() {
        char c = peek();
        at++;
        return c;
    }

    void skipBlanks() {
        while (!atEnd() && Character.isWhitespace(peek())) {
            at++;
        }
    }

    /// Goes over a character, when it is next.
    boolean skips(char c) {
        boolean there = !atEnd() && peek() == c;
        at += there ? 1 : 0;
        return there;
    }

    /// Goes over blanks and a character, when that comes next.
    boolean skipsTo(char c) {
        skipBlanks();
        return skips(c);
    }

    /// A word of letters, digits, `_` and `-`.
    String word(String wanted) {
        skipBlanks();
        int from = at;
        while (Character.isLetterOrDigit(peek()) || peek() == '_' || peek() == '-') {
            at++;
        }
        if (from == at) {
            throw expected(wanted);
        }
        return text.substring(from, at);
    }

    /// What follows a backslash.
    char escaped() {
        char c = next();
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case '"', '\\', '{' -> c;
            default -> throw expected("\\n, \\t, \\\", \\{ or \\\\");
        };
    }

    Mistake expected(String wanted) {
        String rest = text.substring(Math.min(at, text.length())).strip();
        String found = rest.isEmpty() ? "the end" : "'" + rest.lines().findFirst().orElse("") + "'";
        return mistake("expected " + wanted + ", found " + found, "mend the pipe");
    }

    Mistake unknown(String kind, String word, Collection<String> known) {
        return mistake("unknown " + kind + " '" + word + "'", Nearest.fix(word, known));
    }

    Mistake mistake(String message, String fix) {
        String line = what + ": " + message;
        return new Mistake(new Problem(ProblemCode.VALUE_INVALID, line, place.toString(), fix));
    }

    /// Leaves the recursion of the parser; never seen outside.
    static final class Mistake extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Problem problem;

        Mistake(Problem problem) {
            super(null, null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }
}
