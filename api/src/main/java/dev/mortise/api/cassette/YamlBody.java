package dev.mortise.api.cassette;

import dev.mortise.api.draft.text.YamlScalars;
import dev.mortise.spi.option.TreeReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// A body in a cassette: JSON laid out in lines, other text as it is, and what is no text in
/// base64 under a name that says so.
final class YamlBody {
    private static final String BINARY = "64";
    private static final int LINE = 76;

    private YamlBody() {}

    /// The body as the file will give it back: JSON in the layout it has there.
    static byte[] kept(byte[] body) {
        if (!Concealing.isUtf8(body)) {
            return body;
        }
        String text = new String(body, StandardCharsets.UTF_8);
        return JsonDoc.of(text)
                .map(document -> document.pretty().getBytes(StandardCharsets.UTF_8))
                .orElse(body);
    }

    /// Appends an entry; none for an empty body.
    static void write(String name, byte[] body, String indent, StringBuilder out) {
        if (body.length == 0) {
            return;
        }
        String text = new String(body, StandardCharsets.UTF_8);
        out.append(indent);
        if (!Concealing.isUtf8(body)) {
            Base64.Encoder encoder =
                    Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
            out.append(name).append(BINARY).append(": |-\n");
            lines(encoder.encodeToString(body), indent + "  ", out);
        } else if (text.isBlank() || text.codePoints().anyMatch(YamlBody::hidden)) {
            out.append(name).append(": ").append(YamlScalars.quoted(text)).append('\n');
        } else {
            out.append(name).append(": |").append(text.startsWith(" ") ? "2" : "");
            int end = text.length();
            while (text.charAt(end - 1) == '\n') {
                end--;
            }
            boolean leads = text.startsWith("\n");
            out.append(leads && !text.startsWith(" ") ? "2" : "");
            out.append(end == text.length() ? "-" : end == text.length() - 1 ? "" : "+");
            out.append('\n');
            String shown = end == text.length() ? text : text.substring(0, text.length() - 1);
            lines(shown, indent + "  ", out);
        }
    }

    private static void lines(String text, String indent, StringBuilder out) {
        for (String line : text.split("\n", -1)) {
            out.append(line.isEmpty() ? "" : indent).append(line).append('\n');
        }
    }

    /// Whether a character would not be seen, or not come back, in plain text.
    static boolean hidden(int c) {
        boolean control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c <= 0xA0);
        boolean other =
                (c >= 0x2028 && c <= 0x2029)
                        || (c >= 0xD800 && c <= 0xDFFF)
                        || c == 0xFEFF
                        || (c >= 0xFFFE && c <= 0xFFFF);
        return control || other;
    }

    static byte[] read(TreeReader reader, String name) {
        Optional<String> binary = reader.text(name + BINARY);
        if (binary.isEmpty()) {
            return reader.text(name, "").getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getMimeDecoder().decode(binary.get());
        } catch (IllegalArgumentException _) {
            reader.invalid(name + BINARY, "base64");
            return new byte[0];
        }
    }
}
