package dev.mortise.api.recipe.codec;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A part of a body of `multipart/form-data` (RFC 7578), byte for byte: what vendors sign of an
/// upload.
public final class FormPart {
    private static final Pattern BOUNDARY =
            Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))");
    private static final Pattern DISPOSITION =
            Pattern.compile("(?i)(?:^|\r\n)content-disposition:([^\r\n]*)");
    private static final Pattern PARAM =
            Pattern.compile(";\\s*([^=;\\s]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]*))");
    private static final String END_OF_HEAD = "\r\n\r\n";

    private FormPart() {}

    /// @param type the content type of the body
    /// @throws Malformed when the body has no such part, or two: whoever reads the other one would
    ///     read what was not signed
    public static byte[] of(byte[] body, String type, String name) {
        Matcher boundary = BOUNDARY.matcher(type);
        if (!boundary.find()) {
            throw new Malformed("a boundary in the content type of the body");
        }
        String found = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
        // One character a byte, so that places in the text are places in the body.
        String text = "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
        String delimiter = "\r\n--" + found;
        byte[] part = null;
        int at = text.indexOf(delimiter);
        for (int next = next(text, delimiter, at); at >= 0 && next >= 0; ) {
            String whole = text.substring(at + delimiter.length(), next);
            int head = whole.indexOf(END_OF_HEAD);
            if (head >= 0 && isNamed(whole.substring(0, head), name)) {
                if (part != null) {
                    throw new Malformed("one part '" + name + "' in the body, not two");
                }
                part =
                        whole.substring(head + END_OF_HEAD.length())
                                .getBytes(StandardCharsets.ISO_8859_1);
            }
            at = next;
            next = next(text, delimiter, at);
        }
        if (part == null) {
            throw new Malformed("a part '" + name + "' in the body");
        }
        return part;
    }

    private static int next(String text, String delimiter, int at) {
        return at < 0 ? -1 : text.indexOf(delimiter, at + delimiter.length());
    }

    /// Whether any reader may take the part for the one of this name.
    private static boolean isNamed(String head, String name) {
        return DISPOSITION
                .matcher(head)
                .results()
                .flatMap(line -> PARAM.matcher(line.group(1)).results())
                .filter(param -> param.group(1).toLowerCase(Locale.ROOT).matches("name\\*?"))
                .map(param -> param.group(2) == null ? param.group(3) : param.group(2))
                .anyMatch(value -> value.equals(name) || value.endsWith("''" + name));
    }
}
