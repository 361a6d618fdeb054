package dev.mortise.api.recipe;

import dev.mortise.api.recipe.Pipe.Args;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Text with holes: `"{timestamp}\n{body}\n"`. A hole is `{` followed by a letter; every other
/// bracket stands for itself.
record Template(List<Part> parts) {
    Template {
        parts = List.copyOf(parts);
    }

    sealed interface Part {
        record Literal(String text) implements Part {}

        record Hole(Pipe pipe) implements Part {}
    }

    byte[] render(Scope scope) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Part part : parts) {
            bytes.writeBytes(
                    switch (part) {
                        case Part.Literal literal ->
                                literal.text().getBytes(StandardCharsets.UTF_8);
                        case Part.Hole hole -> hole.pipe().run(scope).bytes();
                    });
        }
        return bytes.toByteArray();
    }

    /// The whole text, when there is no hole.
    Optional<String> constant() {
        if (parts.isEmpty()) {
            return Optional.of("");
        }
        return parts.size() == 1 && parts.getFirst() instanceof Part.Literal literal
                ? Optional.of(literal.text())
                : Optional.empty();
    }

    /// What stands in its holes, in order.
    List<Pipe> pipes() {
        return parts.stream()
                .filter(Part.Hole.class::isInstance)
                .map(hole -> ((Part.Hole) hole).pipe())
                .toList();
    }

    /// The names in its holes, in order; empty for a hole that is more than a name.
    List<String> names() {
        return pipes().stream().map(Args::wordOf).toList();
    }

    /// Whether a text can be taken apart again: each hole is a name, once, and between two holes
    /// stands something.
    boolean isReadable() {
        boolean literal = true;
        for (Part part : parts) {
            boolean hole = part instanceof Part.Hole;
            if (hole && !literal) {
                return false;
            }
            literal = !hole;
        }
        return names().stream().noneMatch(String::isEmpty)
                && names().stream().distinct().count() == names().size();
    }

    /// Takes a text apart: a hole reaches to where the text after it first comes. Empty when the
    /// text is not of this form.
    Optional<Map<String, String>> read(String text) {
        Map<String, String> values = new HashMap<>();
        int at = 0;
        for (int i = 0; i < parts.size(); i++) {
            int end = -1;
            switch (parts.get(i)) {
                case Part.Literal literal ->
                        end =
                                text.startsWith(literal.text(), at)
                                        ? at + literal.text().length()
                                        : -1;
                case Part.Hole hole -> {
                    end = end(text, at, i + 1);
                    if (end >= 0) {
                        values.put(Args.wordOf(hole.pipe()), text.substring(at, end));
                    }
                }
            }
            if (end < 0) {
                return Optional.empty();
            }
            at = end;
        }
        return at == text.length() ? Optional.of(values) : Optional.empty();
    }

    /// Where a hole ends whose next part is the one given.
    private int end(String text, int from, int next) {
        if (next == parts.size()) {
            return text.length();
        }
        return parts.get(next) instanceof Part.Literal literal
                ? text.indexOf(literal.text(), from)
                : -1;
    }
}
