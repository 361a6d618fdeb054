package dev.mortise.api.token;

import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Shape;
import java.util.List;

/// What [TokenRules] and [GrantAnswer] read, as forms show it.
public final class TokenOptions {
    private TokenOptions() {}

    /// What a vendor's tokens are like.
    public static List<Option> rules() {
        return List.of(
                span(
                        "refresh_ahead",
                        "5m",
                        "How long before its end a token is renewed.",
                        "提前多久续期。"),
                span("life", "1h", "How long one lives that names no end.", "未注明有效期的令牌视为有效多久。"),
                Option.choice(
                                "renewal",
                                Renewal.WORDS,
                                Sentence.of("What a new token does to the old.", "换发新令牌后旧令牌如何。"))
                        .or(TokenRules.DEFAULTS.renewal().word()),
                span("activation_delay", "0s", "How long a new one needs.", "新令牌多久后才生效。"),
                span("grants_interval", "0s", "Least time between two grants.", "两次取令牌的最短间隔。"),
                Option.integer(
                                "grants_per_minute",
                                0,
                                Pace.PER_MINUTE_MAX,
                                Sentence.of("Most grants a minute.", "每分钟最多取令牌次数。"),
                                "6")
                        .or("0"),
                span("token_wait", "60s", "How long a call waits for a token.", "调用等待令牌的最长时间。"));
    }

    /// Where an answer keeps what it gives.
    public static List<Option> answer() {
        return List.of(
                path("token", "$.access_token", "Where the token stands.", "令牌在应答中的路径。"),
                path("expiry", "$.expires_in", "Where its end stands.", "有效期在应答中的路径。"),
                Option.choice(
                                "expiry_as",
                                Expiry.WORDS,
                                Sentence.of("How its end is written.", "有效期的写法。"))
                        .or("seconds"),
                Option.text(
                                "expiry_format",
                                Sentence.of("Pattern of its end.", "有效期的时间格式。"),
                                "yyyyMMddHHmmss")
                        .when("expiry_as", "at"),
                Option.text("zone", Sentence.of("Zone of its end.", "有效期所用时区。"), "Asia/Shanghai")
                        .or("UTC")
                        .when("expiry_as", "at"),
                path(
                        "refresh_token",
                        "$.refresh_token",
                        "Where the refresh token stands.",
                        "刷新令牌的路径。"),
                Option.tree(
                                "told",
                                Sentence.of(
                                        "Further values of the answer, by name.", "应答中另需取用的值，按名称。"),
                                "{tenant: $.data.tenantId}")
                        .of(List.of(path(Shape.ANY, "$.data.tenantId", "A path.", "路径。"))));
    }

    private static Option span(String name, String fallback, String en, String zh) {
        return Option.duration(name, Sentence.of(en, zh), fallback).or(fallback);
    }

    private static Option path(String name, String example, String en, String zh) {
        return Option.text(name, Sentence.of(en, zh), example);
    }
}
