package dev.mortise.server.channel;

import dev.mortise.api.egress.Uris;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// A robot in a WeCom group, which only the key in its address authorises. Its Markdown knows no
/// mention by mobile number, so what mentions anybody is plain text.
final class WeCom implements Robot {
    private static final String ADDRESS = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send";
    private static final int MARKDOWN_BYTES_MAX = 4_096;
    private static final int TEXT_BYTES_MAX = 2_048;

    /// Busy; called too often; more than 20 in a minute.
    private static final Set<Long> AGAIN = Set.of(-1L, 45009L, 45033L);

    @Override
    public Call call(Filled settings, Text text, Instant now) {
        String address =
                settings.text("url", ADDRESS) + "?key=" + Uris.encode(settings.text("key"));
        List<String> people = settings.list("mentioned");
        List<String> mobiles = settings.list("mentioned_mobiles");
        Map<String, Object> body =
                people.isEmpty() && mobiles.isEmpty()
                        ? Map.of(
                                "msgtype",
                                "markdown",
                                "markdown",
                                Map.of("content", markdown(text)))
                        : Map.of(
                                "msgtype",
                                "text",
                                "text",
                                Map.of(
                                        "content",
                                        Text.clipped(
                                                text.title() + "\n" + text.plain(), TEXT_BYTES_MAX),
                                        "mentioned_list",
                                        people,
                                        "mentioned_mobile_list",
                                        mobiles));
        return new Call(address, Map.of(), Wire.text(body));
    }

    /// The link last, and never cut.
    private static String markdown(Text text) {
        String link =
                text.link().isEmpty() ? "" : "\n[%s](%s)".formatted(text.linkTitle(), text.link());
        String shown =
                "**"
                        + Markdown.defused(text.title())
                        + "**\n"
                        + text.body(
                                Markdown::defused,
                                label -> "<font color=\"comment\">" + label + "</font>",
                                "\n");
        int left =
                MARKDOWN_BYTES_MAX - link.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        return Text.clipped(shown, left) + link;
    }

    @Override
    public Answer answer(int status, String body) {
        OptionalLong code = Wire.code(body, "errcode");
        if (status / 100 != 2 || code.isEmpty()) {
            return status / 100 == 2 ? Answer.refused(status, body) : Answer.of(status, body);
        }
        return new Answer(code.getAsLong() == 0, status, body, AGAIN.contains(code.getAsLong()));
    }
}
