package dev.mortise.server.channel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// A robot in a Feishu (Lark) group: a post of plain parts, which know no markup that anybody could
/// break out of. The key of its signature is time and secret; what is signed is empty.
final class Feishu implements Robot {
    private static final String ADDRESS = "https://open.feishu.cn/open-apis/bot/v2/hook/";
    private static final int BYTES_MAX = 4_000;

    /// Too many requests; an inner error.
    private static final Set<Long> AGAIN = Set.of(11232L, 9499001L, 11247L);

    @Override
    public Call call(Filled settings, Text text, Instant now) {
        String root = settings.text("url", ADDRESS);
        String address = (root.endsWith("/") ? root : root + "/") + settings.text("token");
        Map<String, Object> body = new LinkedHashMap<>();
        String secret = settings.text("secret");
        if (!secret.isEmpty()) {
            String timestamp = String.valueOf(now.getEpochSecond());
            body.put("timestamp", timestamp);
            body.put(
                    "sign",
                    Base64.getEncoder().encodeToString(Robot.hmac(timestamp + "\n" + secret, "")));
        }
        body.put("msg_type", "post");
        body.put(
                "content",
                Map.of(
                        "post",
                        Map.of(
                                "zh_cn",
                                Map.of(
                                        "title",
                                        text.title(),
                                        "content",
                                        paragraphs(settings, text)))));
        return new Call(address, Map.of(), Wire.text(body));
    }

    private static List<List<Map<String, String>>> paragraphs(Filled settings, Text text) {
        List<List<Map<String, String>>> paragraphs = new ArrayList<>();
        for (Text.Line line : text.lines()) {
            String shown = (line.label() + " " + line.value()).strip();
            paragraphs.add(List.of(Map.of("tag", "text", "text", Text.clipped(shown, BYTES_MAX))));
        }
        if (!text.link().isEmpty()) {
            paragraphs.add(
                    List.of(Map.of("tag", "a", "text", text.linkTitle(), "href", text.link())));
        }
        List<Map<String, String>> mentions = new ArrayList<>();
        settings.list("at_users").forEach(id -> mentions.add(Map.of("tag", "at", "user_id", id)));
        if (settings.flag("at_all")) {
            mentions.add(Map.of("tag", "at", "user_id", "all"));
        }
        if (!mentions.isEmpty()) {
            paragraphs.add(mentions);
        }
        return paragraphs;
    }

    @Override
    public Answer answer(int status, String body) {
        OptionalLong code = Wire.code(body, "code", "StatusCode");
        if (code.isEmpty()) {
            return status / 100 == 2 ? Answer.refused(status, body) : Answer.of(status, body);
        }
        boolean ok = status / 100 == 2 && code.getAsLong() == 0;
        return new Answer(ok, status, body, AGAIN.contains(code.getAsLong()) || status / 100 == 5);
    }
}
