package dev.mortise.server.channel;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/// An incoming webhook of Slack. Its address is the secret.
final class Slack implements Robot {
    private static final int BYTES_MAX = 30_000;

    @Override
    public Call call(Filled settings, Text text, Instant now) {
        String mentions =
                settings.list("at_users").stream()
                        .map(user -> "<@" + Markdown.slack(user) + ">")
                        .collect(Collectors.joining(" "));
        String link =
                text.link().isEmpty()
                        ? ""
                        : "\n<" + Markdown.slack(text.link()) + "|" + text.linkTitle() + ">";
        String shown =
                "*"
                        + Markdown.slack(text.title())
                        + "*\n"
                        + Text.clipped(
                                text.body(Markdown::slack, label -> "*" + label + "*", "\n"),
                                BYTES_MAX)
                        + link
                        + (settings.flag("at_all") ? "\n<!channel>" : "")
                        + (mentions.isEmpty() ? "" : "\n" + mentions);
        return new Call(settings.text("url"), Map.of(), Wire.text(Map.of("text", shown)));
    }

    /// It says `ok`, or in one word why not.
    @Override
    public Answer answer(int status, String body) {
        return status == 200 && !body.strip().equals("ok")
                ? Answer.refused(status, body)
                : Answer.of(status, body);
    }
}
