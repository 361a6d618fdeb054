package dev.mortise.spi.option;

import java.util.List;
import java.util.Map;

/// What a form knows of an option beyond a single value. It describes; what a connection says is
/// judged by its connector alone.
///
/// @param parts what stands below an option whose value is an object. A part named [#ANY] stands
///     for names of the author's choice. Of several parts with one name at most one applies
/// @param conditions which words of its siblings let the option stand where it does; all must hold
/// @param titles what its choices are called, by choice, where the word alone says little
public record Shape(List<Option> parts, List<Condition> conditions, Map<String, Sentence> titles) {
    public static final String ANY = "*";
    public static final Shape PLAIN = new Shape(List.of(), List.of(), Map.of());

    public Shape {
        parts = List.copyOf(parts);
        conditions = List.copyOf(conditions);
        titles = Map.copyOf(titles);
    }

    /// A sibling has one of these words, be it that it is written or that it is its fallback.
    public record Condition(String sibling, List<String> words) {
        public Condition {
            words = List.copyOf(words);
        }
    }
}
