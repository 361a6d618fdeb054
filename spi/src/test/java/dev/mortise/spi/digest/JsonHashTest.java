package dev.mortise.spi.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonHashTest {
    private static final JsonHash HASH = new JsonHash();

    private static long hash(String text) {
        byte[] bytes = ("xx" + text + "yy").getBytes(StandardCharsets.UTF_8);
        return HASH.of(bytes, 2, bytes.length - 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"b\" : 1 , \"a\":[ true , null,false ] }|{\"a\":[true,null,false],\"b\":1}",
                "{}| { } ",
                "[ ]|[]",
                "1.50|1.5",
                "1e2|100",
                "1E+2|100.000",
                "-0.0|0",
                "0e7|0",
                "0.00001|1e-5",
                "12345678901234567890123|1234567890123456789012.3e1",
                "\"\\u0041\\/\\n\"|\"A/\\u000a\"",
                "\"榫\"|\"\\u69ab\"",
                "\"\\ud83d\\ude00\"|\"😀\"",
                "\"é\"|\"\\u00E9\"",
                "{\"a\":{\"d\":1,\"c\":[{\"z\":1,\"y\":2}]}}"
                        + "|{\"a\":{\"c\":[{\"y\":2,\"z\":1}],\"d\":1}}"
            })
    void isEqualForEqualJson(String one, String other) {
        assertEquals(CanonicalJson.of(one), CanonicalJson.of(other));
        assertEquals(hash(one), hash(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[[1],2]|[[1,2]]",
                "[1,[2]]|[[1],2]",
                "[1,2]|[2,1]",
                "{\"a\":1,\"b\":2}|{\"a\":2,\"b\":1}",
                "{\"a\":1,\"a\":2}|{\"a\":2,\"a\":1}",
                "{\"a\":{\"b\":1},\"c\":{}}|{\"a\":{},\"c\":{\"b\":1}}",
                "[]|{}",
                "[null]|[]",
                "[]|[[]]",
                "null|\"null\"",
                "1|\"1\"",
                "1|-1",
                "1|10",
                "1|0.1",
                "0|null",
                "true|false",
                "\"\"|\"\\u0000\"",
                "\"a\"|\"A\"",
                "\"a\"|\"a \"",
                "\"abcdefgh\"|\"abcdefghi\"",
                "123456789012345678|1234567890123456789",
                "100000000000000000000001|100000000000000000000002",
                "{\"a\":\"b\"}|{\"b\":\"a\"}",
                "``|\"\"",
                "{|{}",
                "nul|null"
            })
    void isAnotherForOtherJson(String one, String other) {
        assertNotEquals(CanonicalJson.of(one), CanonicalJson.of(other));
        assertNotEquals(hash(one), hash(other));
    }

    @Test
    void tellsApartWhatTheCanonicalFormTellsApart() {
        long seed = 11;
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            texts.add(document(random, 3));
        }
        for (String one : texts) {
            for (String other : texts) {
                boolean same = CanonicalJson.of(one).equals(CanonicalJson.of(other));
                String told = "seed " + seed + ": " + one + " and " + other;
                assertEquals(same, hash(one) == hash(other), told);
            }
        }
    }

    /// Small documents of few values, so that many are equal but for their spelling.
    private static String document(Random random, int depth) {
        String space = random.nextInt(4) == 0 ? " " : "";
        return switch (random.nextInt(depth == 0 ? 3 : 5)) {
            case 0 -> List.of("1", "1.0", "10e-1", "2", "-1", "0.5").get(random.nextInt(6));
            case 1 -> List.of("\"a\"", "\"\\u0061\"", "\"b\"", "\"\"").get(random.nextInt(4));
            case 2 -> List.of("true", "false", "null").get(random.nextInt(3));
            case 3 -> "[" + space + items(random, depth, false) + "]";
            default -> "{" + items(random, depth, true) + space + "}";
        };
    }

    private static String items(Random random, int depth, boolean named) {
        List<String> names = new ArrayList<>(List.of("\"a\"", "\"b\"", "\"c\""));
        java.util.Collections.shuffle(names, random);
        List<String> items = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            String name = named ? names.get(i) + ":" : "";
            items.add(name + document(random, depth - 1));
        }
        return String.join(random.nextBoolean() ? "," : " , ", items);
    }

    @Test
    void manyKeysAreStillLookedAtForTwins() {
        StringBuilder entries = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            entries.append("\"k").append(i).append("\":").append(i).append(',');
        }
        String one = "{" + entries + "\"k7\":1,\"k7\":2}";
        String other = "{" + entries + "\"k7\":2,\"k7\":1}";
        assertNotEquals(hash(one), hash(other));
        String first = "{" + entries + "\"x\":1}";
        String last = "{\"x\":1," + entries.substring(0, entries.length() - 1) + "}";
        assertEquals(hash(first), hash(last));
    }

    @Test
    void isNotTrickedIntoDepth() {
        String deep = "[".repeat(100_000);
        assertNotEquals(hash(deep), hash(deep + "["));
    }
}
