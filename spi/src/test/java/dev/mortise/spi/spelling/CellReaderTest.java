package dev.mortise.spi.spelling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.Times;
import dev.mortise.spi.type.Type;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The quick way and the patient one give the same value, or the quick one none.
final class CellReaderTest {
    private static final long SEED = Long.getLong("mortise.seed", System.nanoTime());
    private static final int VALUES = 20_000;
    private static final String LETTERS = "0123456789-+.:TZ eE";

    @ParameterizedTest
    @CsvSource({
        "bool",
        "int8",
        "int16",
        "int32",
        "int64",
        "float64",
        "'decimal(9,2)'",
        "'decimal(18,18)'",
        "'decimal(38,4)'",
        "date",
        "time",
        "timestamp",
        "timestamptz"
    })
    void agreesWithThePatientWay(String name) {
        Type type = Type.parse(name);
        CellReader reader = CellReader.of(type, true);
        Random random = new Random(SEED ^ name.hashCode());
        int accepted = 0;
        for (int i = 0; i < VALUES; i++) {
            String text = value(name, random);
            String tried = i % 2 == 0 ? text : changed(text, random);
            Column quick = Column.of(type, 1);
            byte[] bytes = ("#" + tried + "#").getBytes(StandardCharsets.UTF_8);
            if (reader.read(bytes, 1, bytes.length - 1, quick, 0)) {
                Column patient = Column.of(type, 1);
                Cell.parse(type, tried, patient, 0);
                String told = "'%s' as %s, seed %d".formatted(tried, name, SEED);
                assertEquals(Cell.text(type, patient, 0), Cell.text(type, quick, 0), told);
                accepted += i % 2 == 0 ? 1 : 0;
            }
        }
        assertTrue(accepted > VALUES / 4, accepted + " of " + VALUES / 2 + ", seed " + SEED);
    }

    private static String value(String type, Random random) {
        return switch (type) {
            case "bool" -> Boolean.toString(random.nextBoolean());
            case "int8" -> Integer.toString(random.nextInt(-128, 128));
            case "int16" -> Integer.toString(random.nextInt(-32_768, 32_768));
            case "int32" -> Integer.toString(random.nextInt());
            case "int64" -> Long.toString(random.nextLong() >> random.nextInt(8, 60));
            case "float64" -> Double.toString(random.nextInt(1_000_000) / 1000.0);
            case "decimal(9,2)" -> decimal(random, 9_999_999, 2);
            case "decimal(18,18)" -> "0." + random.nextInt(1_000_000);
            case "decimal(38,4)" -> decimal(random, 999_999_999, 4);
            case "date" -> Times.dateText(random.nextInt(-700_000, 2_900_000));
            case "time" -> moment(random, Times::timeText, Times.MICROS_A_DAY);
            case "timestamp" -> moment(random, Times::timestampText, 4_000_000_000_000_000L);
            case "timestamptz" -> offset(random);
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static String decimal(Random random, int most, int scale) {
        return random.nextInt(-most, most) + "." + random.nextInt((int) Math.pow(10, scale));
    }

    private static String moment(Random random, Function<Long, String> text, long most) {
        long micros = random.nextLong(most);
        return text.apply(random.nextBoolean() ? micros : micros / 1_000_000 * 1_000_000);
    }

    private static String offset(Random random) {
        String bare = moment(random, Times::timestampText, 4_000_000_000_000_000L);
        return switch (random.nextInt(4)) {
            case 0 -> bare + "Z";
            case 1 -> bare.replace(' ', 'T') + "+08:00";
            case 2 -> bare + "-%02d:%02d".formatted(random.nextInt(18), random.nextInt(60));
            default -> bare + "+05";
        };
    }

    /// With a letter more, less or another one.
    private static String changed(String text, Random random) {
        int at = random.nextInt(text.length());
        char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
        return switch (random.nextInt(3)) {
            case 0 -> text.substring(0, at) + letter + text.substring(at);
            case 1 -> text.substring(0, at) + text.substring(at + 1);
            default -> text.substring(0, at) + letter + text.substring(at + 1);
        };
    }
}
