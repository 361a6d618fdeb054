package dev.mortise.api.soap.schema;

import dev.mortise.api.soap.schema.Shape.Facets;
import dev.mortise.api.soap.schema.Shape.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.datatype.DatatypeConfigurationException;
import javax.xml.datatype.DatatypeFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Between the text of a simple type and its JSON scalar, without loss in either direction.
///
/// Both ways throw an `IllegalArgumentException` whose message reads on after `expected`.
public final class Lexical {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DatatypeFactory DATES = dates();
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern CALENDAR =
            Pattern.compile("-{0,2}\\d[-0-9:Z+]*|---\\d\\d.*|-?P[0-9YMDTHS.]+");

    /// The types whose white space tells something.
    private static final Set<String> KEPT =
            Set.of("string", "normalizedString", "anySimpleType", "anyAtomicType");

    /// Digits a number in an answer may have; more would cost time out of proportion.
    private static final int DIGITS_MAX = 1000;

    private Lexical() {}

    private static DatatypeFactory dates() {
        try {
            return DatatypeFactory.newInstance();
        } catch (DatatypeConfigurationException e) {
            throw new IllegalStateException("the JDK knows the dates of XML", e);
        }
    }

    public static String write(Value type, JsonNode node) {
        if (node.isContainer() || node.isNull()) {
            throw unfit(type, node.isObject() ? "an object" : node.isArray() ? "a list" : "null");
        }
        String text =
                switch (type.kind()) {
                    case TEXT -> node.asString();
                    case BOOLEAN -> Boolean.toString(truth(type, node));
                    case INTEGER -> integer(type, node).toString();
                    case DECIMAL -> decimal(type, node.asString(), node).toPlainString();
                    case DOUBLE -> real(type, node);
                    case DATE, TIME, DATETIME, CALENDAR -> date(type, node.asString());
                    case HEX, BASE64 -> binary(type, node.asString());
                    case QNAME -> node.asString();
                };
        check(type, text);
        return text;
    }

    public static JsonNode read(Value type, String raw) {
        if (type.kind() == Shape.Kind.TEXT) {
            return JSON.stringNode(KEPT.contains(type.type()) ? raw : collapsed(raw));
        }
        String text = raw.strip();
        return switch (type.kind()) {
            case TEXT, QNAME, DATE, TIME, DATETIME, CALENDAR -> JSON.stringNode(text);
            case HEX -> JSON.stringNode(text);
            // `cid:NAME` stands for a part; a name may have spaces, Base64 may be broken by them.
            case BASE64 ->
                    JSON.stringNode(
                            text.startsWith("cid:") ? text : SPACE.matcher(text).replaceAll(""));
            case BOOLEAN -> JSON.booleanNode(truth(type, text));
            case INTEGER -> number(new BigInteger(digits(type, text)));
            case DECIMAL -> JSON.numberNode(new BigDecimal(digits(type, text)));
            case DOUBLE ->
                    text.matches("-?INF|NaN")
                            ? JSON.stringNode(text)
                            : JSON.numberNode(Double.parseDouble(text));
        };
    }

    /// White space as tokens, names and addresses have it: none around, one blank between.
    private static String collapsed(String text) {
        return SPACE.matcher(text.strip()).replaceAll(" ");
    }

    /// The smallest node that holds it, as a JSON parser would make.
    private static JsonNode number(BigInteger number) {
        if (number.bitLength() < Integer.SIZE) {
            return JSON.numberNode(number.intValue());
        }
        return number.bitLength() < Long.SIZE
                ? JSON.numberNode(number.longValue())
                : JSON.numberNode(number);
    }

    private static String digits(Value type, String text) {
        if (text.length() > DIGITS_MAX || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            throw unfit(type, "'" + text.substring(0, Math.min(20, text.length())) + "'");
        }
        return text;
    }

    private static boolean truth(Value type, JsonNode node) {
        return node.isBoolean() ? node.booleanValue() : truth(type, node.asString());
    }

    private static boolean truth(Value type, String text) {
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw unfit(type, "'" + text + "'");
        };
    }

    private static BigInteger integer(Value type, JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.bigIntegerValue();
        }
        try {
            return decimal(type, node.asString(), node).toBigIntegerExact();
        } catch (ArithmeticException _) {
            throw unfit(type, node.toString());
        }
    }

    private static BigDecimal decimal(Value type, String text, JsonNode node) {
        try {
            BigDecimal number = node.isNumber() ? node.decimalValue() : new BigDecimal(text);
            if (Math.abs((long) number.scale()) > DIGITS_MAX || node.isBoolean()) {
                throw unfit(type, node.toString());
            }
            return number;
        } catch (NumberFormatException _) {
            throw unfit(type, node.toString());
        }
    }

    private static String real(Value type, JsonNode node) {
        String text = node.asString();
        if (!node.isNumber() && text.matches("-?INF|NaN")) {
            return text;
        }
        try {
            double number = node.isNumber() ? node.doubleValue() : Double.parseDouble(text);
            return type.type().equals("float")
                    ? floating(node, number)
                    : Double.toString(number).replace("Infinity", "INF");
        } catch (NumberFormatException _) {
            throw unfit(type, node.toString());
        }
    }

    /// A float read into a double keeps the digits it was written with.
    private static String floating(JsonNode node, double number) {
        return node.isFloat() ? node.asString() : Double.toString(number);
    }

    private static String date(Value type, String given) {
        String text = given.strip();
        boolean fits =
                switch (type.kind()) {
                    case DATE -> is(text, "date");
                    case TIME -> is(text, "time");
                    case DATETIME -> is(text, "dateTime");
                    default -> CALENDAR.matcher(text).matches();
                };
        if (!fits) {
            throw unfit(type, "'" + text + "'");
        }
        return text;
    }

    private static boolean is(String text, String type) {
        try {
            return DATES.newXMLGregorianCalendar(text)
                    .getXMLSchemaType()
                    .getLocalPart()
                    .equals(type);
        } catch (IllegalArgumentException | IllegalStateException _) {
            return false;
        }
    }

    private static String binary(Value type, String text) {
        try {
            if (type.kind() == Shape.Kind.HEX) {
                HexFormat.of().parseHex(text);
            } else {
                Base64.getDecoder().decode(text);
            }
            return text;
        } catch (IllegalArgumentException _) {
            throw unfit(type, "other text");
        }
    }

    private static void check(Value type, String text) {
        Facets facets = type.facets();
        if (!facets.words().isEmpty() && !facets.words().contains(text)) {
            throw new IllegalArgumentException(
                    "one of %s, got '%s'".formatted(facets.words(), text));
        }
        switch (type.kind()) {
            case INTEGER, DECIMAL -> checkNumber(facets, new BigDecimal(text));
            case TEXT -> checkLength(facets, text.codePointCount(0, text.length()), "characters");
            case HEX -> checkLength(facets, text.length() / 2, "bytes");
            case BASE64 -> checkLength(facets, bytes(text), "bytes");
            case BOOLEAN, DOUBLE, DATE, TIME, DATETIME, CALENDAR, QNAME -> {}
        }
    }

    private static int bytes(String base64) {
        int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
        return base64.length() / 4 * 3 - padding;
    }

    private static void checkNumber(Facets facets, BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        int fraction = Math.max(0, plain.scale());
        int digits = Math.max(plain.precision() - plain.scale(), 0) + fraction;
        boolean fits = digits <= facets.digitsMax().orElse(digits);
        if (!fits || fraction > facets.fractionMax().orElse(fraction)) {
            throw new IllegalArgumentException(
                    "at most %s digits, %s after the point, got '%s'"
                            .formatted(
                                    facets.digitsMax().isPresent()
                                            ? facets.digitsMax().getAsInt()
                                            : "any number of",
                                    facets.fractionMax().isPresent()
                                            ? facets.fractionMax().getAsInt()
                                            : "any number",
                                    number.toPlainString()));
        }
        if (!facets.span().holds(number)) {
            throw new IllegalArgumentException(
                    "a number %s, got '%s'".formatted(facets.span(), number.toPlainString()));
        }
    }

    private static void checkLength(Facets facets, int length, String unit) {
        int least = facets.lengthMin().orElse(0);
        int most = facets.lengthMax().orElse(Integer.MAX_VALUE);
        if (length < least || length > most) {
            throw new IllegalArgumentException(
                    "%d to %d %s, got %d".formatted(least, most, unit, length));
        }
    }

    private static IllegalArgumentException unfit(Value type, String got) {
        return new IllegalArgumentException("xs:" + type.type() + ", got " + got);
    }
}
