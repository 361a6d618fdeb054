package dev.mortise.api.soap.schema;

import dev.mortise.api.soap.schema.Shape.Facets;
import dev.mortise.api.soap.schema.Shape.Kind;
import dev.mortise.api.soap.schema.Shape.Span;
import dev.mortise.api.soap.schema.Shape.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/// The built-in simple types, and what a restriction makes of one.
public final class Simple {
    public static final Value TEXT = new Value(Kind.TEXT, "string", Facets.NONE);

    /// Words an enumeration may list; a longer one allows every text.
    private static final int WORDS_MAX = 10_000;

    private static final Map<String, Value> BUILT_IN = builtIn();

    private Simple() {}

    public static Optional<Value> builtIn(String name) {
        return Optional.ofNullable(BUILT_IN.get(name));
    }

    private static Map<String, Value> builtIn() {
        Map<String, Value> types = new HashMap<>();
        add(types, Kind.TEXT, "string normalizedString token language Name NCName NMTOKEN");
        add(types, Kind.TEXT, "ID IDREF ENTITY anyURI anySimpleType anyAtomicType");
        add(types, Kind.TEXT, "NMTOKENS IDREFS ENTITIES NOTATION");
        add(types, Kind.BOOLEAN, "boolean");
        add(types, Kind.DECIMAL, "decimal");
        add(types, Kind.DOUBLE, "float double");
        add(types, Kind.DATE, "date");
        add(types, Kind.TIME, "time");
        add(types, Kind.DATETIME, "dateTime dateTimeStamp");
        add(types, Kind.CALENDAR, "gYear gYearMonth gMonth gMonthDay gDay");
        add(types, Kind.CALENDAR, "duration dayTimeDuration yearMonthDuration");
        add(types, Kind.HEX, "hexBinary");
        add(types, Kind.BASE64, "base64Binary");
        add(types, Kind.QNAME, "QName");
        add(types, "integer", null, null);
        add(types, "nonNegativeInteger", "0", null);
        add(types, "positiveInteger", "1", null);
        add(types, "nonPositiveInteger", null, "0");
        add(types, "negativeInteger", null, "-1");
        add(types, "long", "-9223372036854775808", "9223372036854775807");
        add(types, "int", "-2147483648", "2147483647");
        add(types, "short", "-32768", "32767");
        add(types, "byte", "-128", "127");
        add(types, "unsignedLong", "0", "18446744073709551615");
        add(types, "unsignedInt", "0", "4294967295");
        add(types, "unsignedShort", "0", "65535");
        add(types, "unsignedByte", "0", "255");
        return Map.copyOf(types);
    }

    private static void add(Map<String, Value> types, Kind kind, String names) {
        for (String name : names.split(" ", -1)) {
            types.put(name, new Value(kind, name, Facets.NONE));
        }
    }

    private static void add(
            Map<String, Value> types, String name, @Nullable String min, @Nullable String max) {
        Facets none = Facets.NONE;
        Facets facets =
                new Facets(
                        none.words(),
                        none.lengthMin(),
                        none.lengthMax(),
                        none.digitsMax(),
                        none.fractionMax(),
                        Span.of(min, max));
        types.put(name, new Value(Kind.INTEGER, name, facets));
    }

    /// The base narrowed by the facets below an `xs:restriction`. Patterns are left to the service:
    /// the expressions of XSD are not those of Java.
    static Value restrict(Value base, Element restriction) {
        Map<String, String> given = new HashMap<>();
        List<String> words = new ArrayList<>();
        for (Element facet : Xml.children(restriction)) {
            String value = facet.getAttribute("value");
            if ("enumeration".equals(facet.getLocalName())) {
                words.add(value);
            } else {
                given.put(String.valueOf(facet.getLocalName()), value.strip());
            }
        }
        boolean listed = !words.isEmpty() && words.size() <= WORDS_MAX;
        Facets old = base.facets();
        Facets facets =
                new Facets(
                        listed ? words : old.words(),
                        count(given, "minLength", old.lengthMin()),
                        count(given, "maxLength", old.lengthMax()),
                        count(given, "totalDigits", old.digitsMax()),
                        count(given, "fractionDigits", old.fractionMax()),
                        span(given, old.span()));
        return new Value(base.kind(), base.type(), facets);
    }

    private static OptionalInt count(Map<String, String> given, String facet, OptionalInt old) {
        String text = given.get(facet);
        if (text == null && facet.endsWith("Length")) {
            text = given.get("length");
        }
        try {
            return text == null ? old : OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException _) {
            return old;
        }
    }

    private static Span span(Map<String, String> given, Span old) {
        BigDecimal min = number(given, "minInclusive");
        BigDecimal over = number(given, "minExclusive");
        BigDecimal max = number(given, "maxInclusive");
        BigDecimal under = number(given, "maxExclusive");
        BigDecimal low = min != null ? min : over;
        BigDecimal high = max != null ? max : under;
        return new Span(
                low != null ? low : old.min(),
                low != null ? min != null : old.minIncluded(),
                high != null ? high : old.max(),
                high != null ? max != null : old.maxIncluded());
    }

    /// Bounds of dates are no numbers; the service checks those.
    private static @Nullable BigDecimal number(Map<String, String> given, String facet) {
        try {
            String text = given.get(facet);
            return text == null ? null : new BigDecimal(text);
        } catch (NumberFormatException _) {
            return null;
        }
    }
}
