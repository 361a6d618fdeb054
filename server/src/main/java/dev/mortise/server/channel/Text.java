package dev.mortise.server.channel;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A message in one language, not yet in the markup of any vendor.
///
/// @param link where to look; empty for nowhere
public record Text(String title, List<Line> lines, String link, String linkTitle) {
    public Text {
        lines = List.copyOf(lines);
    }

    /// @param label ours; empty for a line without one
    /// @param value anybody's: to be escaped
    public record Line(String label, String value) {}

    /// One line each, with the values escaped and the labels dressed as a vendor's markup asks.
    String body(UnaryOperator<String> escape, UnaryOperator<String> label, String end) {
        return lines.stream()
                .map(
                        line ->
                                (line.label().isEmpty() ? "" : label.apply(line.label()) + " ")
                                        + escape.apply(line.value()))
                .collect(Collectors.joining(end));
    }

    /// Without any markup.
    String plain() {
        String body = body(UnaryOperator.identity(), label -> label, "\n");
        return link.isEmpty() ? body : body + "\n" + linkTitle + " " + link;
    }

    /// The longest beginning of a text that fits into so many bytes of UTF-8.
    static String clipped(String text, int bytesMax) {
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (bytes > bytesMax - 3) {
                return text.substring(0, i) + "…";
            }
            i += Character.charCount(point);
        }
        return text;
    }
}
