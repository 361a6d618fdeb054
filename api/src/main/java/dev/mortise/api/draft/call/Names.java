package dev.mortise.api.draft.call;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Names that are short, unique and readable, made from what a document calls things.
public final class Names {
    private static final int NAME_MAX = 48;
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern ACRONYM = Pattern.compile("(?<=[A-Z])(?=[A-Z][a-z])");
    private static final Pattern GAP = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern VERSION = Pattern.compile("v\\d+(\\.\\d+)*|api|rest|openapi");

    private final Set<String> taken = new HashSet<>();

    /// A name nobody has yet: that of the operation, or else the words of the path.
    public String unique(String wanted) {
        String name = wanted;
        for (int i = 2; !taken.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    /// @param verb stands in front unless it reads: `GET` and `POST` do
    public static String resource(String id, String path, String verb) {
        String name = snake(id);
        boolean usable = !name.isEmpty() && name.length() <= NAME_MAX;
        return usable ? name : ofPath(path, verb);
    }

    /// `/v1/shops/{shop}/orders` gives `shops_orders`; methods that write stand in front.
    private static String ofPath(String path, String verb) {
        List<String> words = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            String word = segment.startsWith("{") ? "" : snake(segment);
            if (!word.isEmpty() && !VERSION.matcher(word).matches()) {
                words.add(word);
            }
        }
        boolean one = path.endsWith("}");
        while (words.size() > 3) {
            words.removeFirst();
        }
        String name = String.join("_", words);
        name = name.isEmpty() ? "root" : one ? name + "_by_key" : name;
        name = name.length() > NAME_MAX ? name.substring(name.length() - NAME_MAX) : name;
        name = name.startsWith("_") ? name.substring(1) : name;
        return verb.equals("GET") || verb.equals("POST")
                ? name
                : verb.toLowerCase(Locale.ROOT) + "_" + name;
    }

    /// Lower case with `_` between words; letters of any script stay.
    public static String snake(String text) {
        String words = HUMP.matcher(text).replaceAll("_");
        words = ACRONYM.matcher(words).replaceAll("_");
        words = GAP.matcher(words).replaceAll("_").toLowerCase(Locale.ROOT);
        words = words.startsWith("_") ? words.substring(1) : words;
        return words.endsWith("_") ? words.substring(0, words.length() - 1) : words;
    }

    /// The letters and digits of a name in lower case: `page_size` and `pageSize` are one.
    public static String plain(String name) {
        StringBuilder plain = new StringBuilder();
        name.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /// `SHOP_ACCESS_TOKEN`: the environment variable of a connection for a value.
    public static String variable(String connection, String value) {
        String first = upper(connection);
        String second = upper(value);
        String name =
                (first.isEmpty() ? "API" : first) + "_" + (second.isEmpty() ? "VALUE" : second);
        return Character.isDigit(name.charAt(0)) ? "API_" + name : name;
    }

    private static String upper(String text) {
        String ascii = snake(text).replaceAll("[^a-z0-9_]+", "").replaceAll("_+", "_");
        ascii = ascii.replaceAll("^_|_$", "");
        return ascii.substring(0, Math.min(ascii.length(), 40)).toUpperCase(Locale.ROOT);
    }

    /// A text a definition takes literally: `${` would begin a reference there.
    public static String literal(String text) {
        return text.replace("${", "$${");
    }

    public static String reference(String variable) {
        return "${env:" + variable + "}";
    }

    /// The first line of a title, shortened, without what would end a comment.
    public static String title(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        line =
                line.replaceAll("\\p{Cc}|\\p{Cs}|[\\u2028\\u2029\\uFEFF\\uFFFE\\uFFFF]", " ")
                        .strip();
        int end = line.offsetByCodePoints(0, Math.min(60, line.codePointCount(0, line.length())));
        return Secrets.mask(line.substring(0, end));
    }
}
