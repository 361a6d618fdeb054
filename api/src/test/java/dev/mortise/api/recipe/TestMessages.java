package dev.mortise.api.recipe;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Messages such as the vendors' systems exchange, with random values in every part.
final class TestMessages {
    static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private TestMessages() {}

    /// A message the recipe can sign.
    static Message random(Recipe recipe, Random random) {
        String name = recipe.name();
        Message message =
                new Message(
                        "POST",
                        "https",
                        "api.example.com",
                        "/v1/orders/" + digits(random),
                        "page=" + digits(random) + "&size=" + digits(random),
                        List.of(new Pair("Content-Type", "application/json")),
                        json(random));
        if (name.startsWith("alipay-v2") && !name.endsWith("response")) {
            return message.withHeader("Content-Type", "application/x-www-form-urlencoded")
                    .withBody(utf8("out_trade_no=" + digits(random) + "&empty=&sign_type=RSA2"));
        }
        if (name.equals("wecom-callback")) {
            return message.withBody(
                    utf8("<xml><Encrypt><![CDATA[" + digits(random) + "]]></Encrypt></xml>"));
        }
        return name.equals("wecom-url-check")
                ? message.withRawQuery("echostr=" + digits(random))
                : message;
    }

    private static byte[] json(Random random) {
        return utf8(
                "{ \"encrypt\":\"%s\", \"trade_pay_response\" : {\"code\":\"%s\"},\"amount\":%s.0 }"
                        .formatted(digits(random), digits(random), digits(random)));
    }

    /// Ten digits without 0 and 1, so that the lowest bit of each may flip.
    static String digits(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            text.append((char) ('2' + random.nextInt(8)));
        }
        return text.toString();
    }

    static Signing signing(Random random) {
        return new Signing(() -> NOW, random, Map.of());
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
