package dev.mortise.api.cassette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.connect.Tapes.Answered;
import dev.mortise.spi.connect.Tapes.Asked;
import dev.mortise.spi.connect.Tapes.Conversation;
import dev.mortise.spi.connect.Tapes.Exchange;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MaskingTest {
    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static Exchange exchange(String address, String answer) {
        return new Exchange(
                new Asked("GET", address, Map.of(), new byte[0]),
                new Answered(200, Map.of(), bytes(answer)));
    }

    private static Conversation masked(String field, Exchange... exchanges) {
        Masking masking = new Masking(List.of(field), new Masks(bytes("seed")));
        return masking.of(new Conversation(Instant.EPOCH, 1, List.of(exchanges)));
    }

    private static String answer(Conversation kept, int place) {
        return new String(kept.exchanges().get(place).answered().body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "13812345678, [1-9]\\d{10}",
        "0571-8765, 0\\d{3}-[1-9]\\d{3}",
        "Anna.B@mail.example, [A-Z][a-z]{3}\\.[A-Z]@[a-z]{4}\\.[a-z]{7}",
        "张三丰, \\p{IsHan}{3}",
        "-12.50, -[1-9]\\d\\.[1-9]\\d",
    })
    void aMaskHasTheShapeOfTheValue(String value, String shape) {
        Masks masks = new Masks(bytes("seed"));
        String mask = masks.mask(value);
        assertTrue(mask.matches(shape), mask);
        assertNotEquals(value, mask);
        assertEquals(mask, masks.mask(value));
        assertEquals(mask, new Masks(bytes("seed")).mask(value), "the seed gives the same again");
        assertNotEquals(mask, new Masks(bytes("other")).mask(value));
    }

    @Test
    void differentValuesStayApart() {
        Masks masks = new Masks(bytes("seed"));
        Set<String> made = new HashSet<>();
        for (int i = 1_000; i < 1_500; i++) {
            made.add(masks.mask(Integer.toString(i)));
        }
        assertEquals(500, made.size());
    }

    @Test
    void replacesAFieldWhereverItStandsAndNothingElse() {
        Conversation kept =
                masked(
                        "payer.phone",
                        exchange(
                                "/o",
                                "{'d': [{'payer': {'phone': '138-1'}, 'phone': '138-1'},"
                                        + " {'payer': [{'phone': '138-1'}, {'phone': null}]}]}"));
        String text = answer(kept, 0);
        assertEquals(2, text.split("138-1", -1).length, text);
        assertTrue(text.contains("null"), text);
    }

    @Test
    void whatALaterRequestTakesFromItIsReplacedThere() {
        Conversation kept =
                masked(
                        "id",
                        exchange("/users", "{'d': [{'id': 'u 77'}, {'id': 4711}]}"),
                        exchange("/users/u%2077/orders?user=4711&x=14711", "{'n': 'u 77'}"));
        String address = kept.exchanges().get(1).asked().address();
        assertFalse(address.contains("u%2077") || address.contains("=4711"), address);
        assertTrue(address.endsWith("&x=14711"), address);
    }

    @Test
    void aFieldThatOccursNowhereIsAMistake() {
        ProblemException e =
                assertThrows(
                        ProblemException.class, () -> masked("fone", exchange("/o", "{'a': 1}")));
        assertEquals(ProblemCode.OPTION_INVALID, e.problem().code());
        assertTrue(e.problem().message().contains("'fone'"));
    }
}
