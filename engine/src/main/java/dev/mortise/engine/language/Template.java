package dev.mortise.engine.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An English sentence with holes, and the Chinese one that takes what stands in them. Finds its
/// holes from left to right, each as short as what follows it allows, so the work is linear.
///
/// @param pieces the English text between the holes: one more than there are holes
/// @param chinese the Chinese text between its holes
/// @param order which hole of the English one fills each of the Chinese
/// @param values which holes stand in quotes: what fills them is a value, never words of ours
record Template(
        String english,
        List<String> pieces,
        List<String> chinese,
        List<Integer> order,
        List<Boolean> values) {
    /// How many letters of a sentence it knows: the more, the surer it is meant.
    int length() {
        int length = 0;
        for (String piece : pieces) {
            length += piece.length();
        }
        return length;
    }

    /// Whether it says more than another; of two that say as much, the one with fewer holes does.
    boolean isSurer(Template other) {
        return length() == other.length()
                ? pieces.size() < other.pieces.size()
                : length() > other.length();
    }

    /// @throws IllegalArgumentException when the Chinese one leaves out a hole, or has too many
    static Template of(String english, String chinese) {
        List<Integer> holes = new ArrayList<>();
        List<String> pieces = cut(english, holes);
        List<Integer> order = new ArrayList<>();
        List<String> told = cut(chinese, order);
        if (order.stream().distinct().count() != holes.size()
                || order.stream().anyMatch(hole -> hole >= holes.size())) {
            throw new IllegalArgumentException(
                    "expected each hole of '%s' in '%s'".formatted(english, chinese));
        }
        return new Template(english, pieces, told, List.copyOf(order), quoted(pieces));
    }

    /// A quote opens behind anything but a letter, so that `server's` opens none.
    private static List<Boolean> quoted(List<String> pieces) {
        List<Boolean> found = new ArrayList<>();
        boolean inside = false;
        for (String piece : pieces.subList(0, pieces.size() - 1)) {
            for (int i = 0; i < piece.length(); i++) {
                if (piece.charAt(i) == '\'' && (inside || !isLetter(piece, i - 1))) {
                    inside = !inside || isLetter(piece, i + 1);
                }
            }
            found.add(inside);
        }
        return List.copyOf(found);
    }

    private static boolean isLetter(String text, int at) {
        return at >= 0 && at < text.length() && Character.isLetter(text.charAt(at));
    }

    /// The text between `%s` or `%2$s`, with `%%` for a percent sign.
    private static List<String> cut(String text, List<Integer> holes) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '%') {
                piece.append(c);
                i++;
            } else if (text.startsWith("%%", i)) {
                piece.append('%');
                i += 2;
            } else {
                pieces.add(piece.toString());
                piece.setLength(0);
                i = hole(text, i, holes);
            }
        }
        pieces.add(piece.toString());
        return List.copyOf(pieces);
    }

    private static int hole(String text, int at, List<Integer> holes) {
        if (text.startsWith("%s", at)) {
            holes.add(holes.size());
            return at + 2;
        }
        boolean numbered = text.startsWith("$s", at + 2) && text.charAt(at + 1) > '0';
        if (!numbered || text.charAt(at + 1) > '9') {
            throw new IllegalArgumentException("a hole is %s or %1$s, and a sign %%: " + text);
        }
        holes.add(text.charAt(at + 1) - '1');
        return at + 4;
    }

    /// What stands in the holes of a sentence; empty when it is not this one.
    Optional<List<String>> match(String sentence) {
        String first = pieces.getFirst();
        if (pieces.size() == 1) {
            return sentence.equals(first) ? Optional.of(List.of()) : Optional.empty();
        }
        String last = pieces.getLast();
        int from = first.length();
        int end = sentence.length() - last.length();
        if (from > end || !sentence.startsWith(first) || !sentence.endsWith(last)) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>(pieces.size() - 1);
        for (String piece : pieces.subList(1, pieces.size() - 1)) {
            int at = sentence.indexOf(piece, from);
            if (at < 0 || at + piece.length() > end) {
                return Optional.empty();
            }
            values.add(sentence.substring(from, at));
            from = at + piece.length();
        }
        values.add(sentence.substring(from, end));
        return Optional.of(values);
    }

    /// The Chinese sentence with what fills its holes; a space parts Chinese from everything else.
    String fill(List<String> fillings) {
        StringBuilder text = new StringBuilder(chinese.getFirst());
        for (int i = 0; i < order.size(); i++) {
            append(text, fillings.get(order.get(i)));
            append(text, chinese.get(i + 1));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String next) {
        if (!text.isEmpty() && !next.isEmpty()) {
            char before = text.charAt(text.length() - 1);
            boolean meets = isHan(before) ? isForeign(next.charAt(0)) : isHan(next.charAt(0));
            if (meets && (isHan(before) || isForeign(before))) {
                text.append(' ');
            }
        }
        text.append(next);
    }

    private static boolean isHan(char c) {
        return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
    }

    private static boolean isForeign(char c) {
        return c < 0x80 && c > ' ' && ",;:.!?)]".indexOf(c) < 0;
    }
}
