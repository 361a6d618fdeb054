package dev.mortise.spi.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlainHashTest {
    /// A row of columns of some types, `null` for null.
    private static Batch row(List<Type> types, List<@Nullable String> texts) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            fields.add(Field.of("c" + i, types.get(i)));
        }
        Schema schema = new Schema(fields);
        Column[] columns = Batch.columns(schema, 1);
        for (int i = 0; i < columns.length; i++) {
            String text = texts.get(i);
            if (text == null) {
                columns[i].setNull(0);
            } else {
                Cell.parse(types.get(i), text, columns[i], 0);
            }
        }
        return new Batch(schema, columns, 1);
    }

    private static Digest digest(Batch row, List<Type> canonical) {
        List<CanonicalColumn> columns = new ArrayList<>();
        for (int i = 0; i < canonical.size(); i++) {
            columns.add(new CanonicalColumn("c" + i, canonical.get(i)));
        }
        RowDigest digest =
                new RowDigest(DigestForm.PLAIN, row.schema(), new Hashing(columns, List.of(), 1));
        digest.add(row);
        return digest.digests().getFirst();
    }

    private static Digest plain(Type actual, Type canonical, @Nullable String text) {
        return digest(row(List.of(actual), Arrays.asList(text)), List.of(canonical));
    }

    private static Digest plain(List<Type> types, @Nullable String... texts) {
        return digest(row(types, Arrays.asList(texts)), types);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "NULL",
            value = {
                "text|NULL|''",
                "text|a|'a '",
                "text|a|A",
                "text|é|e\u0301",
                "text|N|NULL",
                "text|1234567|12345678",
                "text|12345678|123456789",
                "text|1234567812345678|12345678",
                "int32|NULL|0",
                "int64|1|4294967296",
                "int64|-1|4294967295",
                "bool|NULL|false",
                "float64|0.0|-0.0",
                "float64|0.30000000000000004|0.3",
                "float64|NaN|NULL",
                "float32|0.0|-0.0",
                "decimal(18,2)|0.00|0.01",
                "decimal(18,2)|5.00|-5.00",
                "decimal(38,2)|12345678901234567890.00|12345678901234567890.01",
                "timestamp|2024-02-29 00:00:00|2024-02-29 00:00:00.000001",
                "timestamptz|2024-02-29 00:00:00Z|2024-02-29 00:00:00.000001Z",
                "time|00:00|24:00",
                "date|2024-02-29|2024-03-01",
                "bytes|''|00",
                "bytes|00|0000",
                "uuid|123e4567-e89b-12d3-a456-426614174000|123e4567-e89b-12d3-a456-426614174001",
                "json|[1]|[2]"
            })
    void tellsApartWhatLooksAlike(String type, @Nullable String one, @Nullable String other) {
        Type parsed = Type.parse(type);
        assertNotEquals(plain(parsed, parsed, one), plain(parsed, parsed, other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int32|5|int64|5|int64",
                "int8|-5|int64|-5|int16",
                "uint64|5|int32|5|int64",
                "int32|5|decimal(10,2)|5.00|decimal(10,2)",
                "decimal(10,2)|-1.50|decimal(30,2)|-1.50|decimal(30,2)",
                "decimal(10,2)|1.50|decimal(18,4)|1.5|decimal(18,4)",
                "float32|0.5|float64|0.5|float64",
                "float64|0.1|float32|0.1|float32",
                "date|2024-02-29|timestamp|2024-02-29 00:00:00|timestamp",
                "int32|7|text|7|text",
                "json|{\"b\": 1, \"a\": 2.0}|json|{\"a\":2,\"b\":1}|json",
                "timestamptz|2024-02-29 01:00:00+01:00|timestamptz|2024-02-29 00:00:00Z|timestamptz"
            })
    void isEqualForEqualValuesOfOtherTypes(
            String type, String text, String otherType, String otherText, String canonical) {
        Type compared = Type.parse(canonical);
        assertEquals(
                plain(Type.parse(type), compared, text),
                plain(Type.parse(otherType), compared, otherText));
    }

    @Test
    void aValueTheComparedTypeCannotHoldEqualsNone() {
        Set<Digest> met = new HashSet<>();
        for (String text : Arrays.asList("seven", "eight", "7", null)) {
            assertTrue(met.add(plain(Scalar.TEXT, Scalar.INT32, text)), text);
        }
        assertEquals(plain(Scalar.TEXT, Scalar.INT32, "7"), plain(Scalar.INT64, Scalar.INT32, "7"));
    }

    @Test
    void valuesDoNotRunIntoTheNextColumn() {
        List<Type> texts = List.of(Scalar.TEXT, Scalar.TEXT, Scalar.TEXT);
        Set<Digest> met = new HashSet<>();
        met.add(plain(texts, "a", "b", "c"));
        met.add(plain(texts, "ab", "", "c"));
        met.add(plain(texts, "", "ab", "c"));
        met.add(plain(texts, "b", "a", "c"));
        met.add(plain(texts, "a", null, "b"));
        met.add(plain(texts, null, "a", "b"));
        met.add(plain(texts, "a", "b", null));
        met.add(plain(texts, "a", "b", ""));
        met.add(plain(texts, "a|b", "c", null));
        met.add(plain(texts, "a", "b|c", null));
        assertEquals(10, met.size());
    }

    @Test
    void marksOfManyColumnsDoNotMeet() {
        List<Type> types = new ArrayList<>();
        List<@Nullable String> texts = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            types.add(Scalar.INT32);
            texts.add("0");
        }
        Set<Digest> met = new HashSet<>();
        for (int gone = 0; gone < 70; gone++) {
            texts.set(gone, null);
            assertTrue(met.add(digest(row(types, texts), types)), "column " + gone);
            texts.set(gone, "0");
        }
    }

    /// Sums of hashes that were sums of their columns would not see it.
    @Test
    void seesValuesThatChangedPlacesBetweenRows() {
        List<Type> types = List.of(Scalar.INT64, Scalar.TEXT);
        Digest before = plain(types, "1", "a").plus(plain(types, "2", "b"));
        Digest after = plain(types, "1", "b").plus(plain(types, "2", "a"));
        assertNotEquals(before, after);
    }

    @Test
    void sequencesDoNotMeet() {
        List<Type> types = List.of(Scalar.INT64, Scalar.INT32);
        Set<Digest> met = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            met.add(plain(types, Long.toString((long) i << i % 50), Integer.toString(-i)));
        }
        assertEquals(20_000, met.size());
    }

    /// Differences in the upper bytes of neighbouring words, which weak steps let cancel out.
    @Test
    void textsThatDifferHereAndThereDoNotMeet() {
        Set<Digest> met = new HashSet<>();
        for (char eighth = 'a'; eighth <= 'z'; eighth++) {
            for (char twelfth = 'a'; twelfth <= 'z'; twelfth++) {
                for (char last = 'a'; last <= 'z'; last++) {
                    String text = "1234567" + eighth + "123" + twelfth + "567" + last;
                    met.add(plain(Scalar.TEXT, Scalar.TEXT, text));
                }
            }
        }
        assertEquals(26 * 26 * 26, met.size());
    }
}
