package dev.mortise.engine.flow.leaf;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// A value in a YAML text, and the characters it takes there.
///
/// @param path the words that lead to it; an item of a list adds its number
public record YamlLeaf(List<String> path, String value, int from, int to) {
    /// More than any document may nest.
    private static final int DEPTH_MAX = 50;

    public YamlLeaf {
        path = List.copyOf(path);
    }

    /// The last word that leads to it.
    public String word() {
        for (String step : path.reversed()) {
            if (!step.chars().allMatch(Character::isDigit)) {
                return step;
            }
        }
        return "";
    }

    /// All of a text, in its order; empty when it cannot be taken apart.
    public static Optional<List<YamlLeaf>> all(String text) {
        try {
            Walk walk = new Walk(text);
            for (Event event : new Parse(LoadSettings.builder().build()).parseString(text)) {
                walk.take(event);
            }
            return Optional.of(walk.leaves);
        } catch (YamlEngineException | IllegalStateException _) {
            return Optional.empty();
        }
    }

    /// A mapping or a list that is being walked through.
    private static final class Level {
        private final boolean mapping;
        private final List<String> path;
        private @Nullable String key;
        private int items;

        Level(boolean mapping, List<String> path) {
            this.mapping = mapping;
            this.path = path;
        }

        /// Whether what comes next is a word before `:`.
        boolean expectsKey() {
            return mapping && key == null;
        }

        List<String> next() {
            List<String> next = new ArrayList<>(path);
            String word = key;
            next.add(word != null ? word : String.valueOf(items));
            return next;
        }

        void passed() {
            items++;
            key = null;
        }
    }

    private static final class Walk {
        private final String text;
        private final List<YamlLeaf> leaves = new ArrayList<>();
        private final Deque<Level> levels = new ArrayDeque<>();

        Walk(String text) {
            this.text = text;
        }

        void take(Event event) {
            switch (event.getEventId()) {
                case Scalar -> scalar((ScalarEvent) event);
                case MappingStart -> begin(true);
                case SequenceStart -> begin(false);
                case MappingEnd, SequenceEnd -> {
                    levels.pop();
                    passed();
                }
                case Alias -> passed();
                case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> {}
            }
        }

        private void begin(boolean mapping) {
            if (levels.size() >= DEPTH_MAX) {
                throw new IllegalStateException("too deep");
            }
            Level above = levels.peek();
            levels.push(new Level(mapping, above == null ? List.of() : above.next()));
        }

        private void passed() {
            Level level = levels.peek();
            if (level == null) {
                return;
            }
            if (level.expectsKey()) {
                level.key = "?";
            } else {
                level.passed();
            }
        }

        private void scalar(ScalarEvent scalar) {
            Level level = levels.peek();
            if (level == null) {
                return;
            }
            if (level.expectsKey()) {
                level.key = scalar.getValue();
                return;
            }
            int from = at(scalar.getStartMark());
            int to = at(scalar.getEndMark());
            boolean block =
                    scalar.getScalarStyle() == ScalarStyle.LITERAL
                            || scalar.getScalarStyle() == ScalarStyle.FOLDED;
            while (block && to > from && Character.isWhitespace(text.charAt(to - 1))) {
                to--;
            }
            leaves.add(new YamlLeaf(level.next(), scalar.getValue(), from, to));
            level.passed();
        }

        private int at(Optional<Mark> mark) {
            int points = mark.orElseThrow(IllegalStateException::new).getIndex();
            return text.offsetByCodePoints(0, points);
        }
    }
}
