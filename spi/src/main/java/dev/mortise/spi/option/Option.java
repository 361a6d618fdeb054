package dev.mortise.spi.option;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A named, typed, documented setting of a connection. Declared once, it gives the check, the
/// studio's form, the page in the docs and the hint at the nearest known word.
///
/// @param name as written in YAML, `snake_case`
/// @param fallback what holds when nothing is set; null when there is no such value
/// @param choices the words allowed; empty unless the kind is CHOICE
/// @param min least number allowed; only for INTEGER
/// @param max largest number allowed; only for INTEGER
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
        long max) {

    public enum Kind {
        TEXT,
        INTEGER,
        BOOL,
        /// A number and a unit: `500ms`, `10s`, `5m`, `2h`, `1d`.
        DURATION,
        CHOICE,
        /// A subtree whose shape the connector checks itself.
        TREE
    }

    public static Option text(String name, Sentence sentence, String example) {
        return of(name, Kind.TEXT, sentence, example);
    }

    public static Option integer(
            String name, long min, long max, Sentence sentence, String example) {
        return new Option(
                name, Kind.INTEGER, false, false, null, sentence, example, List.of(), min, max);
    }

    public static Option bool(String name, Sentence sentence, String example) {
        return of(name, Kind.BOOL, sentence, example);
    }

    public static Option duration(String name, Sentence sentence, String example) {
        return of(name, Kind.DURATION, sentence, example);
    }

    public static Option choice(String name, List<String> choices, Sentence sentence) {
        return new Option(
                name, Kind.CHOICE, false, false, null, sentence, choices.getFirst(), choices, 0, 0);
    }

    public static Option tree(String name, Sentence sentence, String example) {
        return of(name, Kind.TREE, sentence, example);
    }

    private static Option of(String name, Kind kind, Sentence sentence, String example) {
        return new Option(name, kind, false, false, null, sentence, example, List.of(), 0, 0);
    }

    public Option asRequired() {
        return new Option(name, kind, true, secret, fallback, sentence, example, choices, min, max);
    }

    public Option asSecret() {
        return new Option(
                name, kind, required, true, fallback, sentence, example, choices, min, max);
    }

    public Option or(String value) {
        return new Option(
                name, kind, required, secret, value, sentence, example, choices, min, max);
    }
}
