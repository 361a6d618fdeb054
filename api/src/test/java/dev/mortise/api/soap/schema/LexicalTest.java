package dev.mortise.api.soap.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

final class LexicalTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static Shape.Value type(String name) {
        return Simple.builtIn(name).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "boolean, true, true",
        "boolean, 0, false",
        "int, +7, 7",
        "int, -2147483648, -2147483648",
        "unsignedLong, 18446744073709551615, 18446744073709551615",
        "decimal, 1.500, 1.500",
        "decimal, -0.10, -0.10",
        "double, 1e3, 1000.0",
        "double, INF, INF",
        "base64Binary, AA EC, AAEC",
        "date, 2026-02-28Z, 2026-02-28Z",
        "token, '  a  b ', a b",
        "string, ' a  b', ' a  b'",
    })
    void readsText(String type, String text, String json) {
        assertEquals(json, Lexical.read(type(type), text).asString());
    }

    @ParameterizedTest
    @CsvSource({
        "boolean, yes",
        "int, 1.5",
        "int, ''",
        "decimal, 1e5",
        "decimal, NaN",
        "double, inf",
    })
    void refusesTextThatIsNotOfItsType(String type, String text) {
        assertThrows(IllegalArgumentException.class, () -> Lexical.read(type(type), text));
    }

    @Test
    void refusesANumberOfTooManyDigits() {
        String digits = "9".repeat(1001);
        assertThrows(IllegalArgumentException.class, () -> Lexical.read(type("integer"), digits));
    }

    @ParameterizedTest
    @CsvSource({
        "byte, 128, 'a number from -128 to 127, got ''128'''",
        "positiveInteger, 0, 'a number from 1, got ''0'''",
        "int, abc, 'xs:int, got \"abc\"'",
        "dateTime, 2026-02-30T00:00:00, 'xs:dateTime, got ''2026-02-30T00:00:00'''",
        "time, 25:00:00, 'xs:time, got ''25:00:00'''",
        "hexBinary, abc, 'xs:hexBinary, got other text'",
        "base64Binary, '*', 'xs:base64Binary, got other text'",
    })
    void saysWhatItExpected(String type, String json, String message) {
        JsonNode node =
                json.matches("-?\\d+")
                        ? JSON.numberNode(Integer.parseInt(json))
                        : JSON.stringNode(json);
        var refusal =
                assertThrows(IllegalArgumentException.class, () -> Lexical.write(type(type), node));
        assertEquals(message, refusal.getMessage());
    }

    @Test
    void takesNumbersGivenAsText() {
        assertEquals("1.50", Lexical.write(type("decimal"), JSON.stringNode("1.50")));
        assertEquals("100", Lexical.write(type("int"), JSON.stringNode("1e2")));
    }

    @Test
    void writesNoExponentForADecimal() {
        assertEquals(
                "10000000",
                Lexical.write(type("decimal"), JSON.numberNode(1.0E7)).replace(".0", ""));
    }
}
