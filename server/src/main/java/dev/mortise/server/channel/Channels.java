package dev.mortise.server.channel;

import dev.mortise.server.vault.SecretKeeper;
import dev.mortise.spi.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/// The door to all channels: finds them, and sends.
@Component
public final class Channels {
    private final ChannelStore channels;
    private final SecretKeeper secrets;
    private final Post post = new Post();
    private final Mail mail = new Mail();

    Channels(ChannelStore channels, SecretKeeper secrets) {
        this.channels = channels;
        this.secrets = secrets;
    }

    public Optional<Channel> find(String id) {
        return channels.find(id);
    }

    public Optional<Channel> find(DSLContext dsl, String id) {
        return channels.find(dsl, id);
    }

    public List<Channel> list(String project) {
        return channels.list(project);
    }

    /// Sends one message, or several as one. Never throws for what a channel or a vendor does.
    ///
    /// @param messages at least one
    public Answer send(Channel channel, List<Message> messages, Instant now) {
        Texts texts = Texts.of(channel.language());
        Text text =
                messages.size() == 1
                        ? texts.text(messages.getFirst(), own(channel))
                        : texts.merged(messages);
        try {
            Filled settings = Filled.of(channel, secrets.of(channel.project()));
            return switch (channel.kind()) {
                case EMAIL -> mail.send(settings, text, now);
                case WEBHOOK -> post(new Webhook(), settings, text, now);
                case DINGTALK -> post(new DingTalk(), settings, text, now);
                case FEISHU -> post(new Feishu(), settings, text, now);
                case WECOM -> post(new WeCom(), settings, text, now);
                case SLACK -> post(new Slack(), settings, text, now);
                case TEAMS -> post(new Teams(), settings, text, now);
            };
        } catch (ProblemException e) {
            return Answer.refused(0, e.problem().message() + "; " + e.problem().fix());
        }
    }

    private Answer post(Robot robot, Filled settings, Text text, Instant now) {
        return post.send(robot, robot.call(settings, text, now), settings.reach());
    }

    private static Map<String, String> own(Channel channel) {
        return Map.of(
                "title", String.valueOf(channel.settings().getOrDefault("title", "")),
                "text", String.valueOf(channel.settings().getOrDefault("text", "")));
    }
}
