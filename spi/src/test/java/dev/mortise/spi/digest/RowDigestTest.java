package dev.mortise.spi.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.Times;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RowDigestTest {
    private static Batch batch(Type type, @Nullable String... texts) {
        Schema schema = Schema.of(Field.of("v", type));
        Column[] columns = Batch.columns(schema, texts.length);
        for (int row = 0; row < texts.length; row++) {
            String text = texts[row];
            if (text == null) {
                columns[0].setNull(row);
            } else {
                Cell.parse(type, text, columns[0], row);
            }
        }
        return new Batch(schema, columns, texts.length);
    }

    private static RowDigest digest(Type actual, Type canonical, int buckets) {
        List<CanonicalColumn> columns = List.of(new CanonicalColumn("v", canonical));
        return new RowDigest(
                DigestForm.CANONICAL,
                Schema.of(Field.of("v", actual)),
                new Hashing(columns, columns, buckets));
    }

    private static String encoding(Type actual, Type canonical, @Nullable String text) {
        List<CanonicalColumn> columns = List.of(new CanonicalColumn("v", canonical));
        return Fingerprint.encoding(columns, batch(actual, text), 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bool|true|V1:1",
                "bool|false|V1:0",
                "int8|-128|V4:-128",
                "int64|-9223372036854775808|V20:-9223372036854775808",
                "int64|0|V1:0",
                "uint64|18446744073709551615|V20:18446744073709551615",
                "decimal(18,2)|-0.05|V5:-0.05",
                "decimal(18,2)|1234.5|V7:1234.50",
                "decimal(18,0)|7|V1:7",
                "decimal(18,18)|0.1|V20:0.100000000000000000",
                "decimal(38,4)|-0.0001|V7:-0.0001",
                "float64|1|V16:3ff0000000000000",
                "float64|-0.0|V16:8000000000000000",
                "float64|NaN|V16:7ff8000000000000",
                "float32|1|V8:3f800000",
                "text|é|V2:é",
                "text|''|V0:",
                "bytes|00FF|V4:00ff",
                "date|2024-02-29|V10:2024-02-29",
                "date|-0043-03-15|V11:-0043-03-15",
                "time|07:30|V15:07:30:00.000000",
                "time|24:00|V15:24:00:00.000000",
                "timestamp|1969-12-31 23:59:59.5|V26:1969-12-31 23:59:59.500000",
                "timestamp|-infinity|V9:-infinity",
                "timestamptz|2024-02-29 00:00:00+01:00|V26:2024-02-28 23:00:00.000000",
                "uuid|123E4567-E89B-12D3-A456-426614174000"
                        + "|V36:123e4567-e89b-12d3-a456-426614174000",
                "json|{\"b\": 1, \"a\": 2}|V13:{\"a\":2,\"b\":1}"
            })
    void encodesEachTypeInItsForm(String type, String text, String expected) {
        assertEquals(expected, encoding(Type.parse(type), Type.parse(type), text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int32|5|int64|V1:5",
                "int64|5|int8|V1:5",
                "int32|5|decimal(10,2)|V4:5.00",
                "uint64|5|int64|V1:5",
                "int8|1|bool|V1:1",
                "decimal(10,2)|1.50|decimal(18,2)|V4:1.50",
                "decimal(10,2)|1.50|decimal(38,2)|V4:1.50",
                "decimal(38,2)|1.50|decimal(10,2)|V4:1.50",
                "decimal(10,2)|1.50|decimal(18,4)|V6:1.5000",
                "decimal(18,4)|1.5000|decimal(10,1)|V3:1.5",
                "float32|0.5|float64|V16:3fe0000000000000",
                "float64|0.5|float32|V8:3f000000",
                "date|2024-02-29|timestamp|V26:2024-02-29 00:00:00.000000",
                "int32|7|text|V1:7",
                "text|7|int32|V1:7"
            })
    void encodesAsTheTypeThatIsCompared(
            String actual, String text, String canonical, String expected) {
        assertEquals(expected, encoding(Type.parse(actual), Type.parse(canonical), text));
    }

    @Test
    void writesAValueTheComparedTypeCannotHoldAsItIs() {
        assertEquals("V5:seven", encoding(Scalar.TEXT, Scalar.INT32, "seven"));
    }

    @Test
    void aNullIsNoValue() {
        assertEquals("N", encoding(Scalar.TEXT, Scalar.TEXT, null));
        assertEquals("V1:N", encoding(Scalar.TEXT, Scalar.TEXT, "N"));
    }

    @Test
    void longValuesHaveLongLengths() {
        String text = "x".repeat(12_345);
        assertEquals("V12345:" + text, encoding(Scalar.TEXT, Scalar.TEXT, text));
    }

    @Test
    void writesEveryDateAsTheCalendarDoes() {
        CanonicalText out = new CanonicalText();
        for (long day = -800_000; day < 3_000_000; day += 7) {
            out.clear();
            out.date(day);
            String text = new String(out.bytes(), 0, out.end(), StandardCharsets.US_ASCII);
            assertEquals(LocalDate.ofEpochDay(day).toString(), text);
        }
    }

    @Test
    void writesEveryTimestampAsTextDoes() {
        long seed = 7;
        Random random = new Random(seed);
        CanonicalText out = new CanonicalText();
        for (int i = 0; i < 20_000; i++) {
            long micros = random.nextLong() / 60;
            out.clear();
            out.timestamp(micros);
            String text = new String(out.bytes(), 0, out.end(), StandardCharsets.US_ASCII);
            assertEquals(micros, Times.parseTimestamp(text), "seed " + seed);
            assertEquals('.', text.charAt(text.length() - 7));
        }
    }

    @Test
    void sumsTheFirstHalfOfTheMd5OfEachRow() throws NoSuchAlgorithmException {
        RowDigest digest = digest(Scalar.TEXT, Scalar.TEXT, 4);
        digest.add(batch(Scalar.TEXT, "a", "b"));
        digest.add(batch(Scalar.TEXT, "a", null, "twelve chars"));
        Digest[] expected = {Digest.NONE, Digest.NONE, Digest.NONE, Digest.NONE};
        for (String row : List.of("V1:a", "V1:b", "V1:a", "N", "V12:twelve chars")) {
            byte[] hash =
                    MessageDigest.getInstance("MD5").digest(row.getBytes(StandardCharsets.UTF_8));
            BigInteger number = new BigInteger(1, hash);
            int bucket = number.shiftRight(68).mod(BigInteger.valueOf(4)).intValue();
            Digest one = new Digest(1, number.shiftRight(64).longValue());
            expected[bucket] = expected[bucket].plus(one);
        }
        assertEquals(List.of(expected), digest.digests());
    }

    @Test
    void knowsTheMd5OfARow() {
        // md5 of "V1:a", as any md5sum computes it.
        Batch row = batch(Scalar.TEXT, "a");
        List<CanonicalColumn> columns = List.of(new CanonicalColumn("v", Scalar.TEXT));
        Fingerprint one = new Fingerprint.Taker(row.schema(), columns).of(row, 0);
        assertEquals(new Fingerprint(MD5_HIGH, MD5_LOW), one);
    }

    private static final long MD5_HIGH = 0x0bbcda7cdf2f66e6L;
    private static final long MD5_LOW = 0x9211a401378d9fdfL;

    @Test
    void namesAColumnThatIsNotThere() {
        List<CanonicalColumn> columns = List.of(new CanonicalColumn("w", Scalar.TEXT));
        Schema schema = Schema.of(Field.of("v", Scalar.TEXT));
        Hashing hashing = new Hashing(columns, List.of(), 1);
        for (DigestForm form : List.of(DigestForm.CANONICAL, DigestForm.PLAIN)) {
            assertThrows(
                    IllegalArgumentException.class, () -> new RowDigest(form, schema, hashing));
        }
    }

    @Test
    void refusesAFormThatIsComputedElsewhere() {
        Schema schema = Schema.of(Field.of("v", Scalar.TEXT));
        Hashing hashing = new Hashing(List.of(), List.of(), 1);
        assertThrows(
                IllegalArgumentException.class,
                () -> new RowDigest(new DigestForm("postgres"), schema, hashing));
    }
}
