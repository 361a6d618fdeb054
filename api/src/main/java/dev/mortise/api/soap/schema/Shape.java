package dev.mortise.api.soap.schema;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What may stand inside an element, read from an XSD. It decides both how JSON becomes XML and how
/// XML becomes JSON, so that one way undoes the other.
public sealed interface Shape permits Shape.Value, Shape.Items, Shape.Anything, Structure {
    /// The families of built-in types that differ in JSON or in what is checked.
    enum Kind {
        /// A JSON string, taken as it is.
        TEXT,
        /// A JSON boolean.
        BOOLEAN,
        /// A JSON number without a fraction, of any size.
        INTEGER,
        /// A JSON number with every digit kept.
        DECIMAL,
        /// A JSON number; infinities and NaN are the strings `INF`, `-INF` and `NaN`.
        DOUBLE,
        /// JSON strings in the form of XSD, an optional time zone at the end.
        DATE,
        TIME,
        DATETIME,
        /// `gYear`, `gMonthDay` and the like, and durations: JSON strings.
        CALENDAR,
        /// A JSON string of hexadecimal digits.
        HEX,
        /// A JSON string in Base64, or `cid:NAME` for a part beside the envelope.
        BASE64,
        /// A JSON string `{namespace}name`.
        QNAME
    }

    /// One value: a JSON scalar, or text in XML.
    ///
    /// @param type the name of the built-in type it stands on, as `decimal`
    record Value(Kind kind, String type, Facets facets) implements Shape {}

    /// Values in one text, parted by white space: a JSON array.
    record Items(Value item) implements Shape {}

    /// `xs:anyType`. Text is a JSON string, or what its `xsi:type` says; markup is `{"#xml": …}`.
    record Anything() implements Shape {}

    /// What a value must be besides its kind; a request that breaks one is a problem.
    ///
    /// @param words the only texts allowed; empty when all are
    /// @param lengthMin characters, or bytes of binary kinds
    /// @param lengthMax characters, or bytes of binary kinds
    /// @param digitsMax digits of a number in all
    /// @param fractionMax digits after the point
    record Facets(
            List<String> words,
            OptionalInt lengthMin,
            OptionalInt lengthMax,
            OptionalInt digitsMax,
            OptionalInt fractionMax,
            Span span) {
        static final Facets NONE =
                new Facets(
                        List.of(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Span.ALL);

        public Facets {
            words = List.copyOf(words);
        }
    }

    /// The numbers allowed; null means no bound.
    record Span(
            @Nullable BigDecimal min,
            boolean minIncluded,
            @Nullable BigDecimal max,
            boolean maxIncluded) {
        static final Span ALL = new Span(null, true, null, true);

        static Span of(@Nullable String min, @Nullable String max) {
            return new Span(
                    min == null ? null : new BigDecimal(min),
                    true,
                    max == null ? null : new BigDecimal(max),
                    true);
        }

        @Override
        public String toString() {
            String low = min == null ? "" : (minIncluded ? "from " : "above ") + min;
            String high = max == null ? "" : (maxIncluded ? "to " : "below ") + max;
            return (low + " " + high).strip();
        }

        boolean holds(BigDecimal number) {
            int low = min == null ? 1 : number.compareTo(min);
            int high = max == null ? -1 : number.compareTo(max);
            return (low > 0 || (low == 0 && minIncluded))
                    && (high < 0 || (high == 0 && maxIncluded));
        }
    }
}
