package dev.mortise.api.draft.call;

import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a JSON value looks like, from a schema or from samples.
public sealed interface Shape {
    /// Nothing is known: `null`, or the element of an empty array.
    Nothing NOTHING = new Nothing();

    /// Anything: what differs from case to case, refers to itself or nests too deep.
    Anything ANYTHING = new Anything();

    /// @param titles what a schema says about fields
    record Fields(Map<String, Shape> fields, Map<String, String> titles) implements Shape {
        public Fields {
            fields = Maps.copy(fields);
            titles = Map.copyOf(titles);
        }
    }

    record Many(Shape items) implements Shape {}

    /// @param address whether it is an address on the web
    /// @param bounds what a schema says about it
    record Value(Type type, boolean address, Bounds bounds) implements Shape {}

    record Nothing() implements Shape {}

    record Anything() implements Shape {}

    /// @param usual the default, else an example; empty when none is told
    /// @param min least number; empty when none is told
    record Bounds(Optional<String> usual, Optional<Long> min, Optional<Long> max) {
        public static final Bounds NONE =
                new Bounds(Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Value of(Type type) {
        return new Value(type, false, Bounds.NONE);
    }

    /// What fits both: the fields of two objects together, the wider of two types.
    static Shape merge(Shape a, Shape b) {
        return switch (a) {
            case Nothing _ -> b;
            case Anything _ -> a;
            case Fields left when b instanceof Fields right -> merge(left, right);
            case Many left when b instanceof Many right -> new Many(merge(left.items, right.items));
            case Value left when b instanceof Value right -> merge(left, right);
            case Fields _, Many _, Value _ -> b instanceof Nothing ? a : ANYTHING;
        };
    }

    private static Shape merge(Fields a, Fields b) {
        Map<String, Shape> fields = new LinkedHashMap<>(a.fields);
        b.fields.forEach((name, shape) -> fields.merge(name, shape, Shape::merge));
        Map<String, String> titles = new LinkedHashMap<>(b.titles);
        titles.putAll(a.titles);
        return new Fields(fields, titles);
    }

    private static Shape merge(Value a, Value b) {
        if (a.type.equals(b.type)) {
            return new Value(a.type, a.address && b.address, a.bounds);
        }
        boolean both = rank(a.type) > 0 && rank(b.type) > 0;
        if (both) {
            return rank(a.type) >= rank(b.type) ? a : b;
        }
        boolean texts = isText(a.type) && isText(b.type);
        return texts ? of(Scalar.TEXT) : ANYTHING;
    }

    /// How wide a number is; 0 for what is no number.
    private static int rank(Type type) {
        return switch (type) {
            case Scalar scalar ->
                    switch (scalar) {
                        case INT8 -> 1;
                        case INT16 -> 2;
                        case INT32 -> 3;
                        case INT64 -> 4;
                        case UINT64 -> 5;
                        case FLOAT32 -> 7;
                        case FLOAT64 -> 8;
                        case BOOL, TEXT, BYTES, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID, JSON -> 0;
                    };
            case dev.mortise.spi.type.Decimal _ -> 6;
        };
    }

    private static boolean isText(Type type) {
        return switch (type) {
            case Scalar scalar ->
                    switch (scalar) {
                        case TEXT, BYTES, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID -> true;
                        case BOOL, INT8, INT16, INT32, INT64, UINT64, FLOAT32, FLOAT64, JSON ->
                                false;
                    };
            case dev.mortise.spi.type.Decimal _ -> false;
        };
    }

    /// Whether it is a whole number.
    static boolean isWhole(Shape shape) {
        return shape instanceof Value value && rank(value.type) > 0 && rank(value.type) <= 5;
    }

    static boolean isBool(Shape shape) {
        return shape instanceof Value value && value.type.equals(Scalar.BOOL);
    }

    /// Whether it is a text, a number or a truth value, or may be one.
    static boolean isScalar(Shape shape) {
        return shape instanceof Value || shape instanceof Nothing;
    }
}
