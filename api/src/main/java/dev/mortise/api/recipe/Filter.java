package dev.mortise.api.recipe;

import dev.mortise.api.recipe.Pipe.Args;
import dev.mortise.api.recipe.Value.Shape;
import dev.mortise.api.recipe.Verifier.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A word of the pipe language that turns a value into another.
sealed interface Filter {
    String name();

    List<Param> params();

    default Shape in() {
        return Shape.BYTES;
    }

    default Shape out() {
        return Shape.BYTES;
    }

    /// Every filter there is.
    static Map<String, Filter> byName() {
        return All.BY_NAME;
    }

    /// Made when the first recipe is read.
    final class All {
        private static final Map<String, Filter> BY_NAME = new LinkedHashMap<>();

        static {
            Stream.of(
                            PairFilters.all(),
                            TextFilters.all(),
                            DigestFilters.all(),
                            SignatureFilters.all(),
                            CipherFilters.all(),
                            CodingFilters.all())
                    .flatMap(List::stream)
                    .forEach(filter -> BY_NAME.put(filter.name(), filter));
        }

        private All() {}
    }

    /// Turns a value into another, one way.
    record Plain(String name, Shape in, Shape out, List<Param> params, Act act) implements Filter {}

    /// Can be undone, and so may stand behind a signature.
    record Coding(String name, List<Param> params, Code encode, Code decode) implements Filter {}

    /// Signs with a private key and verifies with the public key of its pair.
    record Signature(String name, List<Param> params, Scheme scheme) implements Filter {}

    @FunctionalInterface
    interface Act {
        Value apply(Value value, Args args);
    }

    @FunctionalInterface
    interface Code {
        byte[] code(byte[] bytes, Args args);
    }

    /// A signature algorithm with a key pair.
    interface Scheme {
        byte[] sign(byte[] text, Args args);

        /// @throws Refusal when no key answers to the id
        boolean verify(byte[] text, byte[] signature, Args args);
    }

    /// What a filter or a source wants in its brackets.
    ///
    /// @param name for messages
    /// @param optional whether it may be left out; only the last ones
    /// @param repeated whether it may stand any number of times; only the last one
    /// @param choices the words allowed for WORD; empty for any
    record Param(String name, Kind kind, boolean optional, boolean repeated, List<String> choices) {
        enum Kind {
            /// A pipe that gives bytes.
            VALUE,
            /// A word or a text in quotes, taken as it stands.
            WORD,
            NUMBER,
            /// The name of a setting that holds a key.
            KEY
        }

        static Param value(String name) {
            return new Param(name, Kind.VALUE, false, false, List.of());
        }

        static Param number(String name) {
            return new Param(name, Kind.NUMBER, false, false, List.of());
        }

        static Param word(String name, String... choices) {
            return new Param(name, Kind.WORD, false, false, List.of(choices));
        }

        static Param key(String name) {
            return new Param(name, Kind.KEY, false, false, List.of());
        }

        Param orNone() {
            return new Param(name, kind, true, false, choices);
        }

        Param many() {
            return new Param(name, kind, false, true, choices);
        }
    }
}
