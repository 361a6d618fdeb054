package dev.mortise.api.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.option.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is signed are the bytes sent: a random message, signed and handed over, verifies; with one
/// bit flipped anywhere a vendor covers it does not.
final class WireBytesTest {
    /// The bar is 100,000, which `-Dmortise.fuzz=100000` runs in a minute or two; this many take
    /// seconds.
    private static final int CASES = Integer.getInteger("mortise.fuzz", 10_000);

    /// A case with a key pair costs as much as this many others.
    private static final int PAIR_WEIGHT = 60;
    private static final Map<String, Keys> KEYS = new HashMap<>();

    /// Recipes whose signature covers a part of the message, beside the values placed.
    private static final Set<String> WHOLE_BODY =
            Set.of(
                    "wechatpay-v3",
                    "wechatpay-v3-sm2",
                    "wechatpay-v3-response",
                    "wechatpay-v3-callback",
                    "wechatpay-v3-sm2-callback",
                    "alipay-v3",
                    "alipay-v3-response",
                    "feishu-event",
                    "standard-webhooks",
                    "standard-webhooks-ed25519",
                    "stripe-webhook",
                    "github-webhook",
                    "slack",
                    "shopify-webhook",
                    "aws-sigv4",
                    "aws-s3",
                    "aliyun-acs3",
                    "tencent-tc3",
                    "huawei-apig",
                    "http-signature-hmac",
                    "http-signature-ed25519",
                    "tuya",
                    "tencent-meeting",
                    "apisix-hmac-auth");

    private static final Set<String> PATH =
            Set.of(
                    "wechatpay-v3",
                    "wechatpay-v3-sm2",
                    "alipay-v3",
                    "kingdee",
                    "aws-sigv4",
                    "aws-s3",
                    "aliyun-acs3",
                    "huawei-apig",
                    "baidu-bce",
                    "http-signature-hmac",
                    "http-signature-ed25519",
                    "tuya",
                    "tencent-meeting",
                    "apisix-hmac-auth");

    private static final Set<String> QUERY =
            Set.of(
                    "wechatpay-v3",
                    "wechatpay-v3-sm2",
                    "alipay-v3",
                    "alipay-v2",
                    "alipay-v2-sm2",
                    "yonyou-token",
                    "aliyun-rpc",
                    "aws-sigv4",
                    "aws-s3",
                    "aliyun-acs3",
                    "tencent-tc3",
                    "huawei-apig",
                    "baidu-bce",
                    "http-signature-hmac",
                    "http-signature-ed25519",
                    "tuya",
                    "tencent-meeting",
                    "apisix-hmac-auth");

    /// Recipes that cover digits in the body, though not each of its bytes.
    private static final List<String[]> INSIDE_BODY =
            List.of(
                    new String[] {"alipay-v2", "out_trade_no="},
                    new String[] {"alipay-v2-sm2", "out_trade_no="},
                    new String[] {"alipay-v2-notify-v1", "out_trade_no="},
                    new String[] {"alipay-v2-notify-v2", "out_trade_no="},
                    new String[] {"alipay-v2-response", "\"code\":\""},
                    new String[] {"dingtalk-callback", "\"encrypt\":\""},
                    new String[] {"dingtalk-callback-reply", "\"encrypt\":\""},
                    new String[] {"wecom-callback", "[CDATA["},
                    new String[] {"ekuaibao-outbound", "\"signKey\":\"test-"},
                    new String[] {"enos-token", "\"encryption\":\""},
                    new String[] {"yonyou-event", "\"encrypt\":\""},
                    new String[] {"feishu-robot", "\"sign\":\""});

    static List<Recipe> signing() {
        return Recipe.shipped().stream().filter(Recipe::signs).toList();
    }

    @ParameterizedTest
    @MethodSource("signing")
    void verifiesWhatItSigned(Recipe recipe) {
        Random random = new Random(1);
        Message signed = signed(recipe, TestMessages.random(recipe, random), random);
        assertInstanceOf(Verdict.Accepted.class, verdict(recipe, signed));
    }

    @ParameterizedTest
    @MethodSource("signing")
    void keepsTheBytesOfTheBody(Recipe recipe) {
        Random random = new Random(2);
        Message message = TestMessages.random(recipe, random);
        Message signed = signed(recipe, message, random);
        String before = new String(message.body(), StandardCharsets.UTF_8);
        String after = new String(signed.body(), StandardCharsets.UTF_8);
        // A recipe may insert a member or a field, and nothing else.
        String tail = before.startsWith("{") ? before.substring(1) : before;
        assertTrue(after.contains(tail), () -> recipe.name() + ": " + after);
    }

    @ParameterizedTest
    @MethodSource("signing")
    void refusesAMessageSignedWithOtherKeys(Recipe recipe) {
        Random random = new Random(3);
        Message signed = signed(recipe, TestMessages.random(recipe, random), random);
        Verdict verdict =
                recipe.verify(
                        signed, otherKeys(recipe), TestMessages.signing(random), Seen.nothing());
        assertFalse(verdict.accepted(), recipe::name);
    }

    private static boolean isPair(Recipe recipe) {
        return recipe.settings().stream().anyMatch(s -> !s.pair().isEmpty());
    }

    /// The settings of the recipe with other secrets and another public key.
    private static Keys otherKeys(Recipe recipe) {
        List<String> pairs = recipe.settings().stream().map(Setting::pair).toList();
        Keys keys = Keys.none();
        for (Setting setting : recipe.settings()) {
            Secret value = new Secret(TestKeys.of(recipe).text(setting, TestMessages.NOW));
            if (pairs.contains(setting.name())) {
                value = TestKeys.base64(TestKeys.stranger(recipe).getPublic().getEncoded());
            } else if (setting.secret() && setting.pair().isEmpty()) {
                value = new Secret("b3RoZXIgc2VjcmV0");
            }
            keys = keys.with(setting.name(), value);
        }
        return keys;
    }

    @Test
    void refusesEverySingleFlippedBit() {
        long seed = Long.getLong("mortise.seed", System.nanoTime());
        Random random = new Random(seed);
        List<Recipe> recipes = signing();
        List<Recipe> cheap = recipes.stream().filter(r -> !isPair(r)).toList();
        List<Recipe> dear = recipes.stream().filter(WireBytesTest::isPair).toList();
        for (int i = 0; i < CASES; i++) {
            List<Recipe> some = random.nextInt(PAIR_WEIGHT) == 0 ? dear : cheap;
            Recipe recipe = some.get(random.nextInt(some.size()));
            Message signed = signed(recipe, TestMessages.random(recipe, random), random);
            String place = recipe.name() + ", case " + i + ", -Dmortise.seed=" + seed;
            assertInstanceOf(Verdict.Accepted.class, verdict(recipe, signed), place);
            Message flipped = flipped(recipe, signed, random);
            assertInstanceOf(
                    Verdict.Refused.class,
                    verdict(recipe, flipped),
                    () -> place + ": " + difference(signed, flipped));
        }
    }

    private static String difference(Message a, Message b) {
        return "%s?%s %s%n%s%nbecame%n%s?%s %s%n%s"
                .formatted(
                        a.rawPath(),
                        a.rawQuery(),
                        a.headers(),
                        new String(a.body(), StandardCharsets.UTF_8),
                        b.rawPath(),
                        b.rawQuery(),
                        b.headers(),
                        new String(b.body(), StandardCharsets.UTF_8));
    }

    private static Message flipped(Recipe recipe, Message signed, Random random) {
        List<String> parts = new ArrayList<>();
        parts.addAll(WHOLE_BODY.contains(recipe.name()) ? List.of("body") : List.of());
        parts.addAll(PATH.contains(recipe.name()) ? List.of("path") : List.of());
        parts.addAll(QUERY.contains(recipe.name()) ? List.of("query") : List.of());
        List<String[]> inside =
                INSIDE_BODY.stream().filter(i -> i[0].equals(recipe.name())).toList();
        parts.addAll(inside.isEmpty() ? List.of() : List.of("inside"));
        List<Placement> placed =
                recipe.placements().stream()
                        .filter(p -> Set.of("HEADER", "QUERY").contains(p.spot().name()))
                        .filter(p -> isThere(signed, p))
                        .toList();
        parts.addAll(placed.isEmpty() ? List.of() : List.of("placed"));
        return switch (parts.get(random.nextInt(parts.size()))) {
            case "body" -> signed.withBody(flip(signed.body(), random));
            case "path" -> withPath(signed, flipDigit(signed.rawPath(), "/orders/", random));
            case "query" -> signed.withRawQuery(flipDigit(signed.rawQuery(), "size=", random));
            case "inside" ->
                    signed.withBody(
                            TestMessages.utf8(
                                    flipDigit(
                                            new String(signed.body(), StandardCharsets.UTF_8),
                                            inside.getFirst()[1],
                                            random)));
            default -> flipPlaced(signed, placed.get(random.nextInt(placed.size())), random);
        };
    }

    private static boolean isThere(Message message, Placement placement) {
        return placement.spot() == Placement.Spot.HEADER
                ? !message.headers(placement.name()).isEmpty()
                : message.rawQuery().contains(placement.name() + "=");
    }

    private static byte[] flip(byte[] bytes, Random random) {
        int index = random.nextInt(bytes.length);
        bytes[index] = (byte) (bytes[index] ^ (1 << random.nextInt(8)));
        return bytes;
    }

    /// Flips the lowest bit of one of the characters behind a text.
    private static String flipDigit(String text, String behind, Random random) {
        int from = text.indexOf(behind) + behind.length();
        return flipAt(text, from + random.nextInt(8));
    }

    private static String flipAt(String text, int index) {
        return text.substring(0, index)
                + (char) (text.charAt(index) ^ 1)
                + text.substring(index + 1);
    }

    private static Message flipPlaced(Message signed, Placement placement, Random random) {
        if (placement.spot() == Placement.Spot.HEADER) {
            String value = signed.headers(placement.name()).getFirst();
            return signed.withHeader(
                    placement.name(), flipAt(value, random.nextInt(value.length())));
        }
        String query = signed.rawQuery();
        int from = query.indexOf(placement.name() + "=") + placement.name().length() + 1;
        int end =
                Stream.of(query.indexOf('&', from), query.length())
                        .filter(i -> i > 0)
                        .min(Integer::compare)
                        .orElseThrow();
        return signed.withRawQuery(flipAt(query, from + random.nextInt(end - from)));
    }

    private static Message withPath(Message m, String path) {
        return new Message(
                m.method(), m.scheme(), m.host(), path, m.rawQuery(), m.headers(), m.body());
    }

    private static Message signed(Recipe recipe, Message message, Random random) {
        return recipe.sign(message, keys(recipe), TestMessages.signing(random));
    }

    private static Verdict verdict(Recipe recipe, Message message) {
        return recipe.verify(
                message, keys(recipe), TestMessages.signing(new Random(0)), Seen.nothing());
    }

    private static Keys keys(Recipe recipe) {
        return KEYS.computeIfAbsent(recipe.name(), _ -> TestKeys.of(recipe));
    }

    @Test
    void aFlippedBitIsFlipped() {
        byte[] bytes = {1, 2, 3};
        byte[] flipped = flip(bytes.clone(), new Random(4));
        assertFalse(Arrays.equals(bytes, flipped));
        assertArrayEquals(new byte[] {1, 2, 3}, bytes);
    }
}
