package dev.mortise.spi.digest;

import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.digest.JsonHash.NotJson;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/// JSON text in one spelling: keys sorted by their UTF-16 units, the last of equal keys kept, no
/// space, only the escapes that must be, numbers without exponent and trailing zeros. Text that is
/// not JSON stays as it is, so that it still equals itself.
final class CanonicalJson {
    private static final int DEPTH_MAX = 200;
    private static final int EXPONENT_MAX = 400;

    private final String text;
    private int at;

    private CanonicalJson(String text) {
        this.text = text;
    }

    static String of(String text) {
        CanonicalJson json = new CanonicalJson(text);
        try {
            String canonical = json.value(0);
            json.skipSpace();
            return json.at == text.length() ? canonical : text;
        } catch (NotJson | IndexOutOfBoundsException | NumberFormatException _) {
            return text;
        }
    }

    private String value(int depth) {
        skipSpace();
        char c = text.charAt(at);
        if (depth > DEPTH_MAX) {
            throw new NotJson();
        }
        return switch (c) {
            case '{' -> object(depth);
            case '[' -> items(depth);
            case '"' -> quoted(string());
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private String object(int depth) {
        Map<String, String> entries = new TreeMap<>();
        at++;
        if (!taken('}')) {
            do {
                skipSpace();
                String key = string();
                expect(':');
                entries.put(key, value(depth + 1));
            } while (taken(','));
            expect('}');
        }
        StringBuilder object = new StringBuilder("{");
        entries.forEach(
                (key, value) -> {
                    object.append(object.length() == 1 ? "" : ",");
                    object.append(quoted(key)).append(':').append(value);
                });
        return object.append('}').toString();
    }

    private String items(int depth) {
        StringBuilder items = new StringBuilder("[");
        at++;
        if (!taken(']')) {
            do {
                items.append(items.length() == 1 ? "" : ",").append(value(depth + 1));
            } while (taken(','));
            expect(']');
        }
        return items.append(']').toString();
    }

    private String string() {
        expect('"');
        StringBuilder string = new StringBuilder();
        for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
            string.append(c == '\\' ? escaped(text.charAt(at++)) : c);
        }
        return string.toString();
    }

    private char escaped(char c) {
        if (c == 'u') {
            at += 4;
            return (char) Integer.parseInt(text, at - 4, at, 16);
        }
        return (char) JsonString.plain(c);
    }

    private static String quoted(String string) {
        StringBuilder quoted = new StringBuilder(string.length() + 2);
        RowJson.quote(string, quoted);
        return quoted.toString();
    }

    private String word(String word) {
        if (!text.startsWith(word, at)) {
            throw new NotJson();
        }
        at += word.length();
        return word;
    }

    private String number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        BigDecimal number = new BigDecimal(text.substring(start, at)).stripTrailingZeros();
        // A number like 1e999999999 is legal, and a megabyte of zeros once written out.
        return Math.abs((long) number.scale()) > EXPONENT_MAX
                ? number.toString()
                : number.toPlainString();
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean taken(char wanted) {
        skipSpace();
        boolean there = text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char wanted) {
        if (!taken(wanted)) {
            throw new NotJson();
        }
    }
}
