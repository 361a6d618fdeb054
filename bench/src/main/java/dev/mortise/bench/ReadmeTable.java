package dev.mortise.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The part of a page between two marks, which belongs to the bench.
final class ReadmeTable {
    private static final String BEGIN = "<!-- bench:begin -->\n";
    private static final String END = "<!-- bench:end -->";

    private ReadmeTable() {}

    static void write(Path page, String table) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(
                    "expected '%s' and '%s' in '%s'; put them where the table goes"
                            .formatted(BEGIN.strip(), END, page));
        }
        String before = text.substring(0, begin + BEGIN.length());
        Files.writeString(page, before + table.strip() + "\n" + text.substring(end));
    }
}
