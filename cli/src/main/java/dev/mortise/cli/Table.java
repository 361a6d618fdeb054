package dev.mortise.cli;

import java.util.ArrayList;
import java.util.List;

/// Rows under a heading, in columns as wide as their widest cell. Chinese characters take two
/// cells of a terminal.
public record Table(List<String> heading, List<List<String>> rows) {
    public List<String> lines() {
        int[] widths = new int[heading.size()];
        widen(widths, heading);
        rows.forEach(row -> widen(widths, row));
        List<String> lines = new ArrayList<>();
        lines.add(line(heading, widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private static void widen(int[] widths, List<String> row) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], width(row.get(i)));
        }
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder("  ");
        for (int i = 0; i < widths.length; i++) {
            String gap = " ".repeat(widths[i] - width(row.get(i)));
            boolean number = !row.get(i).isEmpty() && Character.isDigit(row.get(i).charAt(0));
            line.append(number ? gap + row.get(i) : row.get(i) + gap).append("  ");
        }
        return line.toString().stripTrailing();
    }

    static int width(String text) {
        return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
    }

    private static boolean isWide(int c) {
        return (c >= 0x2E80 && c <= 0x9FFF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFF00 && c <= 0xFF60)
                || c >= 0x20000;
    }
}
