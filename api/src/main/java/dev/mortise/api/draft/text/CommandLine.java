package dev.mortise.api.draft.text;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Splits command lines into words as a POSIX shell does, or `cmd.exe` where the text is quoted for
/// it. Nothing is run or expanded: `$NAME`, `*` and backquotes stay text.
public final class CommandLine {
    /// @param place of its first character
    public record Word(String text, Place place) {}

    private static final int WORDS_MAX = 100_000;
    private static final String FIX = "copy the whole command again";

    private final String file;
    private final String text;
    private final boolean cmd;
    private final List<List<Word>> commands = new ArrayList<>();
    private List<Word> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean open;
    private int start;
    private int at;
    private int count;
    private int lineNumber = 1;
    private int lineStart;
    private int counted;

    private CommandLine(String file, String text) {
        this.file = file;
        this.text = text;
        boolean carets = text.contains("^\"") || text.contains("^\r\n") || text.contains("^\n");
        this.cmd = carets && !text.contains(" '") && !text.contains("\\\n");
    }

    /// The words of each command; commands end at a line, `;`, `&`, `&&`, `|` or `||`.
    ///
    /// @throws ProblemException when a quote is not closed
    public static List<List<Word>> split(String file, String text) {
        CommandLine line = new CommandLine(file, text);
        line.run();
        return line.commands;
    }

    private void run() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                endWord();
                at++;
                if (c == '\n') {
                    endCommand();
                }
            } else if (c == ';' || c == '&' || c == '|') {
                endWord();
                endCommand();
                at++;
            } else if (c == '#' && !open && !cmd) {
                skipLine();
            } else {
                begin();
                part(c);
            }
        }
        endWord();
        endCommand();
    }

    private void part(char c) {
        if (cmd) {
            cmdPart(c);
            return;
        }
        switch (c) {
            case '\'' -> single();
            case '"' -> quoted();
            case '\\' -> escaped();
            case '$' -> {
                if (text.startsWith("$'", at)) {
                    ansi();
                } else {
                    take(c);
                }
            }
            default -> take(c);
        }
    }

    private void take(char c) {
        word.append(c);
        at++;
    }

    private void begin() {
        if (!open) {
            open = true;
            start = at;
        }
    }

    private void endWord() {
        if (open) {
            if (++count > WORDS_MAX) {
                throw problem(start, "a command line has at most " + WORDS_MAX + " words");
            }
            words.add(new Word(word.toString(), place(start)));
            word.setLength(0);
            open = false;
        }
    }

    private void endCommand() {
        if (!words.isEmpty()) {
            commands.add(words);
            words = new ArrayList<>();
        }
    }

    private void skipLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
    }

    private void single() {
        int end = text.indexOf('\'', at + 1);
        if (end < 0) {
            throw problem(at, "expected a closing quote, found the end of the text");
        }
        word.append(text, at + 1, end);
        at = end + 1;
    }

    /// Double quotes: a backslash keeps its meaning only before `$`, a backquote, `"`, itself and
    /// the end of a line.
    private void quoted() {
        int from = at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
            if (c == '\\' && next == '\n') {
                at += 2;
            } else if (c == '\\' && "$`\"\\".indexOf(next) >= 0) {
                word.append(next);
                at += 2;
            } else {
                take(c);
            }
        }
        close(from);
    }

    private void close(int from) {
        if (at >= text.length()) {
            throw problem(from, "expected a closing quote, found the end of the text");
        }
        at++;
    }

    private void escaped() {
        boolean windows = text.startsWith("\\\r\n", at);
        char next = at + 1 < text.length() ? text.charAt(at + 1) : '\n';
        at += windows ? 3 : 2;
        if (next == '\n' || windows) {
            // A line that goes on; nothing stands here.
            open = !word.isEmpty();
            return;
        }
        word.append(next);
    }

    /// `$'…'` with the escapes of C.
    private void ansi() {
        int from = at;
        at += 2;
        while (at < text.length() && text.charAt(at) != '\'') {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                escape(text.charAt(at++));
            } else {
                take(c);
            }
        }
        close(from);
    }

    private void escape(char c) {
        switch (c) {
            case 'n' -> word.append('\n');
            case 't' -> word.append('\t');
            case 'r' -> word.append('\r');
            case 'b' -> word.append('\b');
            case 'f' -> word.append('\f');
            case 'a' -> word.append('\007');
            case 'e' -> word.append('\033');
            case '0' -> code(3, 8);
            case 'x' -> code(2, 16);
            case 'u' -> code(4, 16);
            case 'U' -> code(8, 16);
            default -> word.append(c);
        }
    }

    private void code(int digits, int radix) {
        int end = at;
        while (end < text.length()
                && end - at < digits
                && Character.digit(text.charAt(end), radix) >= 0) {
            end++;
        }
        long code = end == at ? 0 : Long.parseLong(text.substring(at, end), radix);
        at = end;
        word.appendCodePoint(code <= Character.MAX_CODE_POINT ? (int) code : 0xFFFD);
    }

    /// `cmd.exe` as browsers write it: `^` takes the meaning from the next character, a `^` at the
    /// end of a line joins it with the next, and quotes group. Inside quotes `\"` is a quote.
    private void cmdPart(char c) {
        if (c == '^') {
            caret();
        } else if (c == '"') {
            cmdQuoted();
        } else {
            take(c);
        }
    }

    private void caret() {
        String rest = text.substring(at, Math.min(text.length(), at + 3));
        if (rest.startsWith("^\r\n") || rest.startsWith("^\n")) {
            at += rest.startsWith("^\n") ? 2 : 3;
            open = !word.isEmpty();
        } else if (rest.startsWith("^\"")) {
            at++;
            cmdQuoted();
        } else if (at + 1 < text.length()) {
            at++;
            take(text.charAt(at));
        } else {
            at++;
            open = !word.isEmpty();
        }
    }

    private void cmdQuoted() {
        int from = at++;
        while (at < text.length() && !quoteAt(at)) {
            char c = text.charAt(at);
            if (c == '^' && at + 1 < text.length()) {
                inQuotes();
            } else if (c == '\\' && quoteAt(at + 1)) {
                word.append('"');
                at += text.charAt(at + 1) == '^' ? 3 : 2;
            } else if (c == '\\' && text.startsWith("\\\\", at)) {
                word.append('\\');
                at += 2;
            } else {
                take(c);
            }
        }
        if (at < text.length() && text.charAt(at) == '^') {
            at++;
        }
        close(from);
    }

    private boolean quoteAt(int index) {
        return text.startsWith("\"", index) || text.startsWith("^\"", index);
    }

    private void inQuotes() {
        if (text.startsWith("^\\^\"", at)) {
            word.append('"');
            at += 4;
        } else if (text.startsWith("^\n", at) || text.startsWith("^\r\n", at)) {
            // An escaped line end inside quotes is written twice and means one.
            at += text.startsWith("^\n", at) ? 2 : 3;
        } else {
            at++;
            take(text.charAt(at));
        }
    }

    private Place place(int index) {
        // Words come in order, so each line end is met once.
        for (; counted < index; counted++) {
            if (text.charAt(counted) == '\n') {
                lineNumber++;
                lineStart = counted + 1;
            }
        }
        return new Place(file, lineNumber, index - lineStart + 1);
    }

    private ProblemException problem(int index, String message) {
        return new ProblemException(
                new Problem(
                        ProblemCode.DOCUMENT_INVALID,
                        message.toLowerCase(Locale.ROOT),
                        place(index).toString(),
                        FIX));
    }
}
