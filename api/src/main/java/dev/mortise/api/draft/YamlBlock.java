package dev.mortise.api.draft;

import dev.mortise.api.draft.text.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An entry of a YAML document with the lines it takes, comments above it included.
///
/// @param lines all its lines, those of the comments first
/// @param lead how many of them are comments
/// @param line number of its first line, from 1
/// @param column of its name, from 1
record YamlBlock(String name, Node node, List<String> lines, int lead, int line, int column) {
    YamlBlock {
        lines = List.copyOf(lines);
    }

    /// The entries of a whole document.
    static Optional<Map<String, YamlBlock>> of(Node document, String text) {
        return children(document, text.lines().toList(), 1);
    }

    /// The entries below, when each stands on lines of its own.
    Optional<Map<String, YamlBlock>> children() {
        return children(node, lines, line);
    }

    /// The lines before the first entry below: comments and its own name.
    List<String> head(Map<String, YamlBlock> children) {
        int first =
                children.values().stream().mapToInt(YamlBlock::line).min().orElse(line + lead + 1);
        return lines.subList(0, Math.min(lines.size(), Math.max(0, first - line)));
    }

    /// @param offset the number of the first of the lines
    private static Optional<Map<String, YamlBlock>> children(
            Node node, List<String> lines, int offset) {
        List<String> names = List.copyOf(node.entries().keySet());
        List<Integer> starts = new ArrayList<>();
        int last = -1;
        for (String name : names) {
            int index = node.placeOf(name).line() - offset;
            int column = node.placeOf(name).column();
            boolean own =
                    index > last && index < lines.size() && startsAt(lines.get(index), column);
            if (!own || column != node.placeOf(names.getFirst()).column()) {
                return Optional.empty();
            }
            starts.add(start(lines, index, last, column));
            last = index;
        }
        Map<String, YamlBlock> children = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            int from = starts.get(i);
            int to = i + 1 < names.size() ? starts.get(i + 1) : lines.size();
            int lead = node.placeOf(name).line() - offset - from;
            int column = node.placeOf(name).column();
            List<String> own = lines.subList(from, to);
            children.put(
                    name, new YamlBlock(name, node.at(name), own, lead, from + offset, column));
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(children);
    }

    private static boolean startsAt(String line, int column) {
        return line.length() >= column && line.substring(0, column - 1).isBlank();
    }

    /// Comments directly above a name belong to it, unless they are indented deeper.
    private static int start(List<String> lines, int index, int last, int column) {
        int start = index;
        while (start - 1 > last && isLead(lines.get(start - 1), column)) {
            start--;
        }
        return start;
    }

    private static boolean isLead(String line, int column) {
        int indent = line.length() - line.stripLeading().length();
        return line.stripLeading().startsWith("#") && indent < column;
    }

    /// Its lines, moved to where a neighbour's name begins.
    List<String> linesAt(int wanted) {
        int shift = wanted - column;
        if (shift == 0) {
            return lines;
        }
        return lines.stream().map(text -> shifted(text, shift)).toList();
    }

    private static String shifted(String line, int shift) {
        if (shift > 0) {
            return line.isBlank() ? line : " ".repeat(shift) + line;
        }
        int indent = line.length() - line.stripLeading().length();
        return line.substring(Math.min(indent, -shift));
    }
}
