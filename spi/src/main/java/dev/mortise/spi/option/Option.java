package dev.mortise.spi.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A named, typed, documented setting of a connection. Declared once, it gives the check, the
/// studio's form, the page in the docs and the hint at the nearest known word.
///
/// @param name as written in YAML, `snake_case`
/// @param fallback what holds when nothing is set; null when there is no such value
/// @param choices the words allowed; empty unless the kind is CHOICE
/// @param min least number allowed; only for INTEGER
/// @param max largest number allowed; only for INTEGER
/// @param shape what stands below it, and what it depends on
public record Option(
        String name,
        Kind kind,
        boolean required,
        boolean secret,
        @Nullable String fallback,
        Sentence sentence,
        String example,
        List<String> choices,
        long min,
        long max,
        Shape shape) {

    public enum Kind {
        TEXT,
        INTEGER,
        BOOL,
        /// A number and a unit: `500ms`, `10s`, `5m`, `2h`, `1d`.
        DURATION,
        CHOICE,
        /// A subtree that the connector checks itself; with choices also one of these words.
        TREE
    }

    public static Option text(String name, Sentence sentence, String example) {
        return of(name, Kind.TEXT, sentence, example);
    }

    public static Option integer(
            String name, long min, long max, Sentence sentence, String example) {
        return new Option(
                name,
                Kind.INTEGER,
                false,
                false,
                null,
                sentence,
                example,
                List.of(),
                min,
                max,
                Shape.PLAIN);
    }

    public static Option bool(String name, Sentence sentence, String example) {
        return of(name, Kind.BOOL, sentence, example);
    }

    public static Option duration(String name, Sentence sentence, String example) {
        return of(name, Kind.DURATION, sentence, example);
    }

    public static Option choice(String name, List<String> choices, Sentence sentence) {
        return of(name, Kind.CHOICE, sentence, choices.getFirst()).orOneOf(choices);
    }

    public static Option tree(String name, Sentence sentence, String example) {
        return of(name, Kind.TREE, sentence, example);
    }

    private static Option of(String name, Kind kind, Sentence sentence, String example) {
        return new Option(
                name, kind, false, false, null, sentence, example, List.of(), 0, 0, Shape.PLAIN);
    }

    public Option asRequired() {
        return with(true, secret, fallback, choices, shape);
    }

    public Option asSecret() {
        return with(required, true, fallback, choices, shape);
    }

    public Option or(String value) {
        return with(required, secret, value, choices, shape);
    }

    /// The words it may be: all there are of a CHOICE, those a TREE may be instead of an object.
    public Option orOneOf(List<String> words) {
        return with(required, secret, fallback, words, shape);
    }

    /// What stands below it. A TEXT with parts is a text or an object of these.
    public Option of(List<Option> parts) {
        return shaped(new Shape(parts, shape.conditions(), shape.titles()));
    }

    /// Stands only where a sibling has one of these words.
    public Option when(String sibling, String... words) {
        List<Shape.Condition> conditions = new ArrayList<>(shape.conditions());
        conditions.add(new Shape.Condition(sibling, List.of(words)));
        return shaped(new Shape(shape.parts(), conditions, shape.titles()));
    }

    /// What its choices are called.
    public Option titled(Map<String, Sentence> titles) {
        return shaped(new Shape(shape.parts(), shape.conditions(), titles));
    }

    /// Whatever is declared for a place below it, all cases together.
    public Stream<Option> below(List<String> path) {
        if (path.isEmpty()) {
            return Stream.of(this);
        }
        return shape.parts().stream()
                .filter(part -> List.of(path.getFirst(), Shape.ANY).contains(part.name()))
                .flatMap(part -> part.below(path.subList(1, path.size())));
    }

    private Option shaped(Shape other) {
        return with(required, secret, fallback, choices, other);
    }

    private Option with(
            boolean isRequired,
            boolean isSecret,
            @Nullable String other,
            List<String> words,
            Shape form) {
        return new Option(
                name, kind, isRequired, isSecret, other, sentence, example, words, min, max, form);
    }
}
