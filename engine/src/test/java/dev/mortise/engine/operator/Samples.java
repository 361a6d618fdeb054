package dev.mortise.engine.operator;

import dev.mortise.spi.batch.Times;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Random values of every type as canonical texts, edges and nulls among them.
final class Samples {
    private Samples() {}

    static List<Type> types() {
        List<Type> types = new ArrayList<>(List.of(Scalar.values()));
        int[][] decimals = {{1, 0}, {4, 2}, {9, 9}, {12, 2}, {18, 0}, {18, 18}, {19, 4}, {38, 0}};
        for (int[] decimal : decimals) {
            types.add(new Decimal(decimal[0], decimal[1]));
        }
        types.add(new Decimal(38, 38));
        return types;
    }

    static List<String> values(Type type, int count, RandomGenerator random) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(random.nextInt(8) == 0 ? Rows.NULL : value(type, random));
        }
        return values;
    }

    private static String value(Type type, RandomGenerator random) {
        return switch (type) {
            case Decimal decimal -> decimal(decimal, random);
            case Scalar scalar -> value(scalar, random);
        };
    }

    private static String decimal(Decimal type, RandomGenerator random) {
        int digits = 1 + random.nextInt(type.precision());
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
        for (int i = 0; i < digits; i++) {
            text.append(random.nextInt(4) == 0 ? 9 : random.nextInt(10));
        }
        return new BigDecimal(new BigInteger(text.toString()), type.scale()).toPlainString();
    }

    private static String value(Scalar type, RandomGenerator random) {
        long bits = random.nextLong() >> random.nextInt(64);
        return switch (type) {
            case BOOL -> Boolean.toString(random.nextBoolean());
            case INT8 -> Byte.toString((byte) bits);
            case INT16 -> Short.toString((short) bits);
            case INT32 -> Integer.toString((int) bits);
            case INT64 -> Long.toString(bits);
            case UINT64 -> Long.toUnsignedString(bits);
            case FLOAT32 -> Float.toString((float) (random.nextGaussian() * 1e6));
            case FLOAT64 ->
                    Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(200)));
            case TEXT -> text(random);
            case BYTES -> bytes(random);
            case DATE -> Times.dateText(random.nextInt(-700_000, 2_900_000));
            case TIME ->
                    Times.timeText(
                            random.nextInt(9) == 0
                                    ? Times.MICROS_A_DAY
                                    : random.nextLong(Times.MICROS_A_DAY));
            case TIMESTAMP -> Times.timestampText(micros(random));
            case TIMESTAMPTZ -> Times.instantText(micros(random));
            case UUID -> new UUID(random.nextLong(), random.nextLong()).toString();
            case JSON -> "{\"k\": [" + bits + ", null, \"" + random.nextInt(10) + "\"]}";
        };
    }

    private static long micros(RandomGenerator random) {
        return switch (random.nextInt(9)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> Long.MIN_VALUE;
            default -> random.nextLong(-60_000_000_000_000_000L, 250_000_000_000_000_000L);
        };
    }

    private static String text(RandomGenerator random) {
        String[] words = {"", "a", "榫接", "é\n", "😀 smile", "'\"\\", "a longer text than twelve"};
        return words[random.nextInt(words.length)] + words[random.nextInt(words.length)];
    }

    private static String bytes(RandomGenerator random) {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
