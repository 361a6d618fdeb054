package dev.mortise.spi.option;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A spot in a document a user wrote. Lines and columns count from 1; 0 means unknown.
public record Place(String file, int line, int column) {
    public static final Place NOWHERE = new Place("", 0, 0);
    private static final Pattern WRITTEN = Pattern.compile("(.+):(\\d{1,9}):(\\d{1,9})");

    /// A place as it was written; empty when the text names no line.
    public static Optional<Place> parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        return written.matches()
                ? Optional.of(
                        new Place(
                                written.group(1),
                                Integer.parseInt(written.group(2)),
                                Integer.parseInt(written.group(3))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
