package dev.mortise.cli.sentence;

import com.sun.source.tree.ExpressionTree;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A sentence as the sources put it together: pieces of text, and between them what fills a hole.
record Shape(List<Part> parts) {
    /// Conversions of `formatted`, `%%` among them.
    private static final Pattern HOLE =
            Pattern.compile("%(?:\\d+\\$)?[-#+ 0,(]*\\d*(?:\\.\\d+)?[a-zA-Z%]");

    /// A piece of text, or, where it is null, a hole with what fills it as far as that is known.
    record Part(@Nullable String text, @Nullable ExpressionTree filling) {}

    static Shape text(String text) {
        return new Shape(List.of(new Part(text, null)));
    }

    static Shape hole(@Nullable ExpressionTree filling) {
        return new Shape(List.of(new Part(null, filling)));
    }

    Shape then(Shape next) {
        List<Part> all = new ArrayList<>(parts);
        all.addAll(next.parts);
        return new Shape(all);
    }

    /// The shape whose text is taken for a format of `formatted`.
    Shape formatted(List<? extends ExpressionTree> values) {
        List<Part> all = new ArrayList<>();
        int next = 0;
        for (Part part : parts) {
            if (part.text() == null) {
                all.add(part);
                continue;
            }
            Matcher holes = HOLE.matcher(part.text());
            int from = 0;
            while (holes.find()) {
                all.add(new Part(part.text().substring(from, holes.start()), null));
                from = holes.end();
                char kind = holes.group().charAt(holes.group().length() - 1);
                if (kind == '%' || kind == 'n') {
                    all.add(new Part(kind == '%' ? "%" : "\n", null));
                    continue;
                }
                all.add(new Part(null, next < values.size() ? values.get(next) : null));
                next++;
            }
            all.add(new Part(part.text().substring(from), null));
        }
        return new Shape(all);
    }

    /// The English of the catalogue: holes are `%s`, and two in a row are one.
    String english() {
        StringBuilder all = new StringBuilder();
        boolean afterHole = false;
        for (Part part : parts) {
            String text = part.text();
            if (text == null) {
                all.append(afterHole ? "" : "%s");
                afterHole = true;
            } else if (!text.isEmpty()) {
                all.append(text.replace("%", "%%"));
                afterHole = false;
            }
        }
        return all.toString();
    }

    /// What fills holes that do not stand in quotes: it may be a phrase of ours.
    List<ExpressionTree> open() {
        List<ExpressionTree> found = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            boolean quoted = i > 0 && i + 1 < parts.size() && ends(i - 1) && begins(i + 1);
            if (part.filling() != null && !quoted) {
                found.add(part.filling());
            }
        }
        return found;
    }

    private boolean ends(int index) {
        String text = parts.get(index).text();
        return text != null && text.endsWith("'");
    }

    private boolean begins(int index) {
        String text = parts.get(index).text();
        return text != null && text.startsWith("'");
    }
}
