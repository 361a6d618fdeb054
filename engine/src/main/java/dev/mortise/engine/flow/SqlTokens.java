package dev.mortise.engine.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Cuts SQL into words, quoted names and signs; strings, numbers and comments carry no names.
final class SqlTokens {
    enum Kind {
        WORD,
        QUOTED,
        SIGN,
        VALUE
    }

    /// @param text a word as written, a quoted name without its quotes
    record Token(Kind kind, String text) {
        boolean is(String keyword) {
            return kind == Kind.WORD
                    ? text.toUpperCase(Locale.ROOT).equals(keyword)
                    : kind == Kind.SIGN && text.equals(keyword);
        }

        boolean isName() {
            return kind == Kind.WORD || kind == Kind.QUOTED;
        }
    }

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private SqlTokens(String sql) {
        this.sql = sql;
    }

    static List<Token> of(String sql) {
        SqlTokens reader = new SqlTokens(sql);
        while (reader.at < sql.length()) {
            reader.next();
        }
        return reader.tokens;
    }

    private void next() {
        char c = sql.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (sql.startsWith("--", at)) {
            at = after("\n", at + 2);
        } else if (sql.startsWith("/*", at)) {
            at = after("*/", at + 2);
        } else if (c == '\'') {
            quoted('\'', Kind.VALUE);
        } else if (c == '"') {
            quoted('"', Kind.QUOTED);
        } else if (Character.isDigit(c)) {
            run(Kind.VALUE);
        } else if (isWord(c)) {
            run(Kind.WORD);
        } else if (c == '$' && dollarQuoted()) {
            tokens.add(new Token(Kind.VALUE, ""));
        } else {
            tokens.add(new Token(Kind.SIGN, String.valueOf(c)));
            at++;
        }
    }

    private int after(String end, int from) {
        int found = sql.indexOf(end, from);
        return found < 0 ? sql.length() : found + end.length();
    }

    /// A doubled quote inside stands for one.
    private void quoted(char quote, Kind kind) {
        StringBuilder text = new StringBuilder();
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (c != quote) {
                text.append(c);
            } else if (at < sql.length() && sql.charAt(at) == quote) {
                text.append(quote);
                at++;
            } else {
                break;
            }
        }
        tokens.add(new Token(kind, text.toString()));
    }

    private void run(Kind kind) {
        int from = at;
        while (at < sql.length() && isWord(sql.charAt(at))) {
            at++;
        }
        tokens.add(new Token(kind, sql.substring(from, at)));
    }

    /// Skips `$tag$ … $tag$`.
    private boolean dollarQuoted() {
        int end = at + 1;
        while (end < sql.length() && isWord(sql.charAt(end))) {
            end++;
        }
        if (end >= sql.length() || sql.charAt(end) != '$') {
            return false;
        }
        at = after(sql.substring(at, end + 1), end + 1);
        return true;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || Character.isSurrogate(c);
    }
}
