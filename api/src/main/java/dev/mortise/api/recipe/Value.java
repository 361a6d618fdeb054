package dev.mortise.api.recipe;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// What runs through a pipe.
sealed interface Value {
    /// What a filter takes and gives.
    enum Shape {
        BYTES,
        PAIRS;

        @Override
        public String toString() {
            return this == BYTES ? "bytes" : "pairs";
        }
    }

    static Value of(byte[] bytes) {
        return new Bytes(bytes);
    }

    static Value of(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The bytes; the check of a recipe sees to it that there are some.
    default byte[] bytes() {
        return switch (this) {
            case Bytes value -> value.bytes;
            case Pairs _ -> throw new IllegalStateException("pairs where bytes were checked");
        };
    }

    default String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    default List<Pair> pairs() {
        return switch (this) {
            case Bytes _ -> throw new IllegalStateException("bytes where pairs were checked");
            case Pairs value -> value.list;
        };
    }

    /// Nobody writes to the array.
    final class Bytes implements Value {
        private final byte[] bytes;

        private Bytes(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    record Pairs(List<Pair> list) implements Value {
        public Pairs {
            list = List.copyOf(list);
        }
    }
}
