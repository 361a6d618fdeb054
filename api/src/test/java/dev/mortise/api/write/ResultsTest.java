package dev.mortise.api.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.api.write.Results.Told;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private static final JsonPath MESSAGE = JsonPath.parse("message");
    private static final Results EACH =
            new Results(
                    Optional.of(JsonPath.parse("$.items")),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    Optional.empty(),
                    MESSAGE);
    private static final Results TWO =
            new Results(
                    Optional.empty(),
                    Optional.of(JsonPath.parse("$.errors")),
                    Optional.of(JsonPath.parse("$.saved")),
                    Optional.of(JsonPath.parse("row")),
                    1,
                    Optional.empty(),
                    MESSAGE);

    private static Optional<Told> told(Results results, String body, int rows) {
        return told(results, body, rows, true);
    }

    private static Optional<Told> told(Results results, String body, int rows, boolean success) {
        return results.told(body.getBytes(StandardCharsets.UTF_8), rows, success);
    }

    @Test
    void readsOneEntryARow() {
        String body = "{\"items\":[{},{\"message\":\"no\"},{\"message\":null}]}";
        assertEquals(new Told(Map.of(1, "no"), Set.of(0, 2)), told(EACH, body, 3).orElseThrow());
        assertTrue(told(EACH, body, 2).isEmpty());
        assertTrue(told(EACH, "{\"items\":", 0).isEmpty());
    }

    @Test
    void readsTwoListsByPlaces() {
        String body =
                "{\"errors\":[{\"row\":2,\"message\":\"a\"},{\"row\":\"2\",\"message\":\"b\"}],"
                        + "\"saved\":[{\"row\":1},{\"row\":2}]}";
        Told told = new Told(Map.of(1, "a; b"), Set.of(0));
        assertEquals(told, told(TWO, body, 2).orElseThrow());
        assertEquals(told, told(TWO, body, 3, false).orElseThrow());
        assertTrue(told(TWO, "{}", 3, false).orElseThrow().isEmpty());
    }

    @Test
    void wantsASuccessToTellOfAllRows() {
        assertTrue(told(TWO, "{\"saved\":[{\"row\":1}]}", 1).isPresent());
        assertTrue(told(TWO, "{\"saved\":[{\"row\":1}]}", 2).isEmpty());
        assertTrue(told(TWO, "{}", 1).isEmpty());
        Results refused =
                new Results(
                        Optional.empty(),
                        Optional.of(JsonPath.parse("$.errors[*]")),
                        Optional.empty(),
                        Optional.of(JsonPath.parse("row")),
                        1,
                        Optional.empty(),
                        MESSAGE);
        assertTrue(told(refused, "{\"errors\":[]}", 3).isPresent());
        assertTrue(told(refused, "{\"errors\":null}", 3).isPresent());
        assertTrue(told(refused, "{\"error\":[]}", 3).isEmpty());
    }

    @Test
    void takesNoSilenceOfARefusalForAnAcceptance() {
        String body = "{\"items\":[{},{\"message\":\"no\"}]}";
        assertEquals(new Told(Map.of(1, "no"), Set.of()), told(EACH, body, 2, false).orElseThrow());
        assertEquals(new Told(Map.of(1, "no"), Set.of(0)), told(EACH, body, 2).orElseThrow());
    }

    @Test
    void tellsNothingByAPlaceThatIsNone() {
        for (String row : List.of("0", "4", "-1", "null", "1.5", "99999999999")) {
            String body = "{\"errors\":[{\"row\":%s,\"message\":\"a\"}]}".formatted(row);
            assertTrue(told(TWO, body, 3).isEmpty(), row);
        }
    }

    @Test
    void neverTellsOfARowThatWasNotSent() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String letters = "{}[]\":,0123errorssavedrowitemsmessage ";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder body = new StringBuilder("{\"errors\":[{\"row\":");
            int length = random.nextInt(40);
            for (int c = 0; c < length; c++) {
                body.append(letters.charAt(random.nextInt(letters.length())));
            }
            int rows = random.nextInt(4);
            told(TWO, body.toString(), rows)
                    .ifPresent(
                            t -> {
                                assertTrue(
                                        t.refused().keySet().stream().allMatch(p -> p < rows),
                                        "seed " + seed);
                                assertTrue(
                                        t.accepted().stream().allMatch(p -> p < rows),
                                        "seed " + seed);
                            });
        }
    }
}
