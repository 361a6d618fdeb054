package dev.mortise.api.page;

import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Columns from the records of a first page: the widest kind that each name was seen with, in the
/// order of appearance. Objects and arrays stay json. Strings stay text, unless all that were seen
/// of a name are times as ISO 8601 or OData v2 writes them.
public final class Inference {
    private static final int RECORDS_MAX = 1_000;
    private static final int COLUMNS_MAX = 2_000;
    private static final int DECIMALS_MAX = 10;
    private static final int DIGITS_MAX = 28;

    /// From narrow to wide, as far as kinds widen: a number into more digits, anything into text.
    private enum Kind {
        NOTHING,
        BOOL,
        WHOLE,
        DECIMAL,
        REAL,
        DATE,
        TIMESTAMP,
        TIMESTAMPTZ,
        TEXT,
        JSON
    }

    private final Map<String, Kind> kinds = new LinkedHashMap<>();

    private final List<String> fields;

    private Inference(List<String> fields) {
        this.fields = fields;
    }

    /// The columns of the records to come, at most 1,000 of which are read.
    ///
    /// @param fields names of the values of records that are arrays; none when they are objects
    /// @param carried names of what [Children] carry, in their order
    public static List<Field> fields(Records page, List<String> fields, List<String> carried) {
        Inference inference = new Inference(fields);
        for (int i = 0; i < RECORDS_MAX && page.next(); i++) {
            if (page instanceof Children children) {
                inference.carried(children, carried);
            }
            inference.see(page.parser());
        }
        List<Field> columns = new ArrayList<>();
        inference.kinds.forEach((name, kind) -> columns.add(Field.of(name, type(kind))));
        return columns;
    }

    private void carried(Children children, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            try (Records value = children.carried(i)) {
                if (value == null) {
                    kinds.putIfAbsent(names.get(i), Kind.NOTHING);
                } else {
                    see(names.get(i), value.parser(), value.parser().currentToken());
                }
            }
        }
    }

    private void see(JsonParser parser) {
        boolean array = parser.currentToken() == JsonToken.START_ARRAY;
        if (array && !fields.isEmpty()) {
            seeArray(parser);
        } else if (fields.size() == 1 && isSingle(parser)) {
            see(fields.getFirst(), parser, java.util.Objects.requireNonNull(parser.currentToken()));
        } else if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
        } else {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                see(name, parser, parser.nextToken());
            }
        }
    }

    private static boolean isSingle(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return token != null && token.isScalarValue();
    }

    private void seeArray(JsonParser parser) {
        int place = 0;
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
            if (place < fields.size()) {
                see(fields.get(place++), parser, t);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void see(String name, JsonParser parser, JsonToken token) {
        Kind kind = kind(parser, token);
        if (kinds.size() < COLUMNS_MAX || kinds.containsKey(name)) {
            kinds.merge(name, kind, Inference::wider);
        }
        parser.skipChildren();
    }

    private static Kind kind(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT, START_ARRAY -> Kind.JSON;
            case VALUE_STRING -> text(parser.getString());
            case VALUE_TRUE, VALUE_FALSE -> Kind.BOOL;
            case VALUE_NUMBER_INT ->
                    parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                            ? exact(parser)
                            : Kind.WHOLE;
            case VALUE_NUMBER_FLOAT -> exact(parser);
            default -> Kind.NOTHING;
        };
    }

    private static Kind text(String text) {
        return TimeForm.typeOf(text)
                .map(type -> Kind.valueOf(((Scalar) type).name()))
                .orElse(Kind.TEXT);
    }

    private static Kind exact(JsonParser parser) {
        String text = parser.getString();
        if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0 || text.length() > 40) {
            return Kind.REAL;
        }
        BigDecimal value = new BigDecimal(text);
        boolean fits =
                value.scale() <= DECIMALS_MAX && value.precision() - value.scale() <= DIGITS_MAX;
        return fits ? Kind.DECIMAL : Kind.REAL;
    }

    private static Kind wider(Kind a, Kind b) {
        Kind low = a.compareTo(b) < 0 ? a : b;
        Kind high = low == a ? b : a;
        if (low == Kind.NOTHING || low == high) {
            return high;
        }
        boolean numbers = low != Kind.BOOL && high.compareTo(Kind.REAL) <= 0;
        return numbers ? high : Kind.TEXT;
    }

    private static Type type(Kind kind) {
        return switch (kind) {
            case BOOL -> Scalar.BOOL;
            case WHOLE -> Scalar.INT64;
            case DECIMAL -> new Decimal(Decimal.PRECISION_MAX, DECIMALS_MAX);
            case REAL -> Scalar.FLOAT64;
            case DATE -> Scalar.DATE;
            case TIMESTAMP -> Scalar.TIMESTAMP;
            case TIMESTAMPTZ -> Scalar.TIMESTAMPTZ;
            case NOTHING, TEXT -> Scalar.TEXT;
            case JSON -> Scalar.JSON;
        };
    }
}
