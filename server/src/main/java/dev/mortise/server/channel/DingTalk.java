package dev.mortise.server.channel;

import dev.mortise.api.egress.Uris;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// A robot in a DingTalk group: Markdown, signed over the query, mentions both in `at` and in the
/// text, or nobody is told.
final class DingTalk implements Robot {
    private static final String ADDRESS = "https://oapi.dingtalk.com/robot/send";
    private static final int BYTES_MAX = 15_000;

    /// Sent too fast; the system is busy.
    private static final Set<Long> AGAIN = Set.of(130101L, 410100L, -1L);

    @Override
    public Call call(Filled settings, Text text, Instant now) {
        String address =
                settings.text("url", ADDRESS)
                        + "?access_token="
                        + Uris.encode(settings.text("access_token"));
        String secret = settings.text("secret");
        if (!secret.isEmpty()) {
            String timestamp = String.valueOf(now.toEpochMilli());
            String sign =
                    Base64.getEncoder()
                            .encodeToString(Robot.hmac(secret, timestamp + "\n" + secret));
            address += "&timestamp=" + timestamp + "&sign=" + Uris.encode(sign);
        }
        return new Call(address, Map.of(), Wire.text(body(settings, text)));
    }

    private static Map<String, Object> body(Filled settings, Text text) {
        List<String> mobiles = settings.list("at_mobiles");
        List<String> users = settings.list("at_users");
        String mentions =
                java.util.stream.Stream.concat(mobiles.stream(), users.stream())
                        .map(who -> "@" + who)
                        .collect(Collectors.joining(" "));
        String link =
                text.link().isEmpty()
                        ? ""
                        : "\n\n[%s](%s)".formatted(text.linkTitle(), text.link());
        String shown =
                "### "
                        + Markdown.escaped(text.title())
                        + "\n\n"
                        + Text.clipped(
                                text.body(Markdown::escaped, label -> "**" + label + "**", "  \n"),
                                BYTES_MAX)
                        + link
                        + (mentions.isEmpty() ? "" : "\n\n" + mentions);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("msgtype", "markdown");
        body.put("markdown", Map.of("title", text.title(), "text", shown));
        body.put(
                "at",
                Map.of(
                        "atMobiles", mobiles,
                        "atUserIds", users,
                        "isAtAll", settings.flag("at_all")));
        return body;
    }

    @Override
    public Answer answer(int status, String body) {
        OptionalLong code = Wire.code(body, "errcode");
        if (status / 100 != 2 || code.isEmpty()) {
            return status / 100 == 2 ? Answer.refused(status, body) : Answer.of(status, body);
        }
        boolean ok = code.getAsLong() == 0;
        return new Answer(ok, status, body, AGAIN.contains(code.getAsLong()));
    }
}
