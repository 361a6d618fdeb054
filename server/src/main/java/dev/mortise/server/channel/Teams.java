package dev.mortise.server.channel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A webhook of Microsoft Teams, made with Workflows: an adaptive card. Its address is the secret.
final class Teams implements Robot {
    private static final String CARD = "application/vnd.microsoft.card.adaptive";
    private static final int BYTES_MAX = 4_000;

    @Override
    public Call call(Filled settings, Text text, Instant now) {
        List<Map<String, Object>> blocks = new ArrayList<>();
        blocks.add(
                Map.of(
                        "type", "TextBlock",
                        "size", "Large",
                        "weight", "Bolder",
                        "wrap", true,
                        "text", Markdown.escaped(text.title())));
        for (Text.Line line : text.lines()) {
            String value = Text.clipped(Markdown.escaped(line.value()), BYTES_MAX);
            String label = line.label().isEmpty() ? "" : "**" + line.label() + "** ";
            blocks.add(Map.of("type", "TextBlock", "wrap", true, "text", label + value));
        }
        List<Map<String, Object>> actions =
                text.link().isEmpty()
                        ? List.of()
                        : List.of(
                                Map.of(
                                        "type", "Action.OpenUrl",
                                        "title", text.linkTitle(),
                                        "url", text.link()));
        Map<String, Object> card =
                Map.of(
                        "type",
                        "AdaptiveCard",
                        "version",
                        "1.4",
                        "body",
                        blocks,
                        "actions",
                        actions);
        Map<String, Object> body =
                Map.of(
                        "type",
                        "message",
                        "attachments",
                        List.of(Map.of("contentType", CARD, "content", card)));
        return new Call(settings.text("url"), Map.of(), Wire.text(body));
    }

    /// Old connectors say `1`, Workflows accept without a word; both may say with status 200 that
    /// delivery failed.
    @Override
    public Answer answer(int status, String body) {
        if (status / 100 == 2 && body.contains("failed")) {
            return new Answer(false, status, body, body.contains("429"));
        }
        return Answer.of(status, body);
    }
}
