package dev.mortise.spi.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CellTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bool|true",
                "bool|false",
                "int8|-128",
                "int8|127",
                "int16|-32768",
                "int16|32767",
                "int32|-2147483648",
                "int32|2147483647",
                "int64|-9223372036854775808",
                "int64|9223372036854775807",
                "uint64|0",
                "uint64|18446744073709551615",
                "float32|1.4E-45",
                "float32|3.4028235E38",
                "float32|-0.0",
                "float32|NaN",
                "float64|4.9E-324",
                "float64|1.7976931348623157E308",
                "float64|-0.0",
                "float64|Infinity",
                "float64|-Infinity",
                "decimal(1,0)|-9",
                "decimal(2,2)|0.00",
                "decimal(2,2)|-0.99",
                "decimal(18,0)|999999999999999999",
                "decimal(18,18)|0.000000000000000001",
                "decimal(19,0)|-1000000000000000000",
                "decimal(38,0)|99999999999999999999999999999999999999",
                "decimal(38,0)|-99999999999999999999999999999999999999",
                "decimal(38,38)|-0.99999999999999999999999999999999999999",
                "decimal(38,10)|0.0000000000",
                "text|榫接 é 🙂",
                "text|''",
                "bytes|00ff7f80",
                "bytes|''",
                "date|1970-01-01",
                "date|0001-01-01",
                "date|0000-12-31",
                "date|-4712-01-01",
                "date|9999-12-31",
                "date|+10000-01-01",
                "date|+5874897-12-31",
                "time|00:00:00",
                "time|23:59:59.999999",
                "time|00:00:00.5",
                "time|24:00:00",
                "timestamp|1970-01-01 00:00:00",
                "timestamp|1969-12-31 23:59:59.999999",
                "timestamp|-4712-01-01 00:00:00",
                "timestamp|+294247-01-10 04:00:54.775806",
                "timestamp|infinity",
                "timestamp|-infinity",
                "timestamptz|2024-02-29 23:59:59.000001Z",
                "timestamptz|0000-01-01 00:00:00Z",
                "timestamptz|-0043-03-15 12:00:00Z",
                "timestamptz|infinity",
                "timestamptz|-infinity",
                "uuid|00000000-0000-0000-0000-000000000000",
                "uuid|ffffffff-ffff-ffff-ffff-ffffffffffff",
                "json|{\"a\": [1, 2]}"
            })
    void keepsValuesThroughTextAndBack(String type, String text) {
        assertEquals(text, reread(type, text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bool|YES|true",
                "bool|0|false",
                "int32| 7 |7",
                "decimal(10,2)|1.5|1.50",
                "decimal(10,2)|1e2|100.00",
                "decimal(10,2)|-0|0.00",
                "date| 2024-02-29 |2024-02-29",
                "time|07:30|07:30:00",
                "timestamp|2024-02-29|2024-02-29 00:00:00",
                "timestamp|2024-02-29T07:30|2024-02-29 07:30:00",
                "timestamp|2024-02-29 07:30:00.1234569|2024-02-29 07:30:00.123456",
                "timestamptz|2024-02-29 07:30:00+08:00|2024-02-28 23:30:00Z",
                "timestamptz|2024-02-29 07:30:00 +08|2024-02-28 23:30:00Z",
                "uuid|FFFFFFFF-0000-0000-0000-000000000001|ffffffff-0000-0000-0000-000000000001"
            })
    void readsTheSpellingsOfOthers(String type, String text, String expected) {
        assertEquals(expected, reread(type, text));
    }

    private static String reread(String name, String text) {
        Type type = Type.parse(name);
        Column column = Column.of(type, 1);
        Cell.parse(type, text, column, 0);
        return Cell.text(type, column, 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bool|maybe",
                "int8|128",
                "int32|1.0",
                "int64|9223372036854775808",
                "uint64|-1",
                "decimal(10,2)|abc",
                "bytes|0g",
                "date|2023-02-29",
                "date|1.2.2024",
                "time|25:00",
                "time|24:00:01",
                "date|+999999999-01-01",
                "timestamp|+294276-12-31 23:59:59.999999",
                "timestamp|+294276-12-31",
                "timestamp|2024-02-29 24:01:00",
                "timestamptz|2024-02-29 07:30:00",
                "uuid|123"
            })
    void refusesWhatIsNoSuchValue(String type, String text) {
        var thrown = assertThrows(ProblemException.class, () -> reread(type, text));
        assertEquals(ProblemCode.CAST_FAILED, thrown.problem().code());
        assertTrue(thrown.problem().message().contains("'" + text + "'"), thrown::getMessage);
    }

    @ParameterizedTest
    @CsvSource({"'decimal(4,2)',100", "'decimal(4,2)',0.001", "'decimal(38,0)',1e38"})
    void neverCutsDigitsOfADecimal(String type, String text) {
        var thrown = assertThrows(ProblemException.class, () -> reread(type, text));
        assertEquals(ProblemCode.VALUE_OUT_OF_RANGE, thrown.problem().code());
    }

    @Test
    void showsLongValuesShortened() {
        var thrown = assertThrows(ProblemException.class, () -> reread("int32", "x".repeat(9_999)));
        assertTrue(thrown.problem().message().length() < 200);
    }
}
