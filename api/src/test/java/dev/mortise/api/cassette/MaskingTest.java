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
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        return masking(field, exchanges).but(Set.of());
    }

    private static Masked masking(String field, Exchange... exchanges) {
        List<String> fields = List.of(field);
        Masking masking = new Masking(fields, fields, new Masks(bytes("seed")));
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

    @Test
    void aFieldThatWasMaskedBeforeMayHaveVanished() {
        Masking masking = new Masking(List.of("gone"), List.of(), new Masks(bytes("seed")));
        Exchange other = exchange("/o", "{'a': 1}");
        Conversation held = new Conversation(Instant.EPOCH, 1, List.of(other));
        assertTrue(answer(masking.of(held).but(Set.of()), 0).contains("1"));
    }

    @Test
    void masksEachLine() {
        String text = answer(masked("p", exchange("/o", "{'p':'138-1'}\n\n{'p':'139-2'}\n")), 0);
        assertFalse(text.contains("138-1") || text.contains("139-2"), text);
        assertEquals(2, text.lines().count(), text);
    }

    @Test
    void masksJsonThatStandsInAText() {
        String inner = "{'b': '{\\'p\\':\\'138-1\\',\\'n\\':7}', 'c': '{\\'n\\':7}'}";
        String text = answer(masked("p", exchange("/o", inner)), 0);
        assertFalse(text.contains("138-1"), text);
        assertTrue(text.contains("\"{\\\"n\\\":7}\""), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id,p\n1,138-1\n", "<p>138-1</p>", "{'p':1}\n<p>2</p>", "'138-1'"})
    void refusesAnAnswerInWhichNoFieldCanBeFound(String body) {
        Exchange parent = exchange("/shops", "{'p': '138-1'}");
        ProblemException e =
                assertThrows(
                        ProblemException.class,
                        () -> masked("p", parent, exchange("/file?sig=7", body)));
        assertEquals(ProblemCode.OPTION_INVALID, e.problem().code());
        assertTrue(e.problem().message().contains("'/file'"), e.problem()::message);
        assertFalse(e.problem().message().contains("138-1"), e.problem()::message);
    }

    @Test
    void keepsNoTextOfAnError() {
        Exchange error =
                new Exchange(
                        new Asked("GET", "/o/1", Map.of(), new byte[0]),
                        new Answered(404, Map.of(), bytes("nobody has 138-1")));
        assertEquals("", answer(masked("p", exchange("/o", "{'p': '138-1'}"), error), 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1987-03-12",
                "1987-03-12T23:59:58",
                "1987-03-12T23:59:58.123Z",
                "1987-03-12 23:59+08:00"
            })
    void aDateStaysOne(String value) {
        for (int i = 0; i < 300; i++) {
            String mask = new Masks(bytes("seed" + i)).mask(value);
            assertNotEquals(value, mask);
            String whole = (mask + (mask.length() < 11 ? "T00:00" : "")).replace(' ', 'T');
            DateTimeFormatter.ISO_DATE_TIME.parse(whole);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "19870312, (19|20)\\d\\d(0[1-9]|1[0-2])([01]\\d|2[0-8])",
        "1987/3/9, 19\\d\\d/[1-9]/[1-9]",
        "12.03.1987, (0[1-9]|1[0-2])[.](0[1-9]|1[0-2])[.]19\\d\\d",
        "1987年03月12日, 19\\d\\d年(0[1-9]|1[0-2])月([01]\\d|2[0-8])日",
        "08:30, ([01]\\d|2[0-3]):[0-5]\\d",
        "1.5E10, [1-9]\\.[1-9]E10",
        "-25e-3, -[1-9]\\de-3"
    })
    void aTypedValueStaysOfItsType(String value, String shape) {
        for (int i = 0; i < 100; i++) {
            String mask = new Masks(bytes("seed" + i)).mask(value);
            assertTrue(mask.matches(shape), mask);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {9_123_456_789_012_345_678L, -9_000_000_000_000_000_001L, 2_000_000_001L})
    void aWholeNumberFitsWhereItsValueDid(long value) {
        for (int i = 0; i < 300; i++) {
            long mask = Long.parseLong(new Masks(bytes("seed" + i)).mask(Long.toString(value)));
            assertNotEquals(value, mask);
            assertTrue(value != (int) value || mask == (int) mask, () -> mask + " of " + value);
        }
    }

    @Test
    void aParameterMayEqualAValueByChance() {
        Masked masked =
                masking("age", exchange("/users?page_size=20", "{'d': [{'age': 20, 'id': 7}]}"));
        assertEquals(List.of(Set.of(), Set.of("page_size=")), masked.guesses());
        Conversation kept = masked.but(Set.of("page_size="));
        assertEquals("/users?page_size=20", kept.exchanges().getFirst().asked().address());
        assertFalse(answer(kept, 0).contains("20"), answer(kept, 0));
    }

    @Test
    void masksFieldsOfAFormThatIsSent() {
        Exchange form =
                new Exchange(
                        new Asked(
                                "POST",
                                "/orders",
                                Map.of("content-type", "application/x-www-form-urlencoded"),
                                bytes("user=u+77&n=1")),
                        new Answered(200, Map.of(), bytes("{}")));
        Conversation kept = masked("id", exchange("/users", "{'id': 'u 77'}"), form);
        String sent = new String(kept.exchanges().get(1).asked().body(), StandardCharsets.UTF_8);
        assertTrue(sent.matches("user=[a-z]\\+[1-9]\\d&n=1"), sent);
    }
}
