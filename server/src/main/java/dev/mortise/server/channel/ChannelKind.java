package dev.mortise.server.channel;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The kinds of channels, with what each needs to know.
public enum ChannelKind {
    EMAIL(
            60,
            need("host"),
            may("port"),
            may("security"),
            may("username"),
            secret("password", false),
            need("from"),
            list("to", true)),
    WEBHOOK(60, need("url"), secret("secret", true)),
    DINGTALK(
            20,
            may("url"),
            secret("access_token", true),
            secret("secret", false),
            list("at_mobiles", false),
            list("at_users", false),
            flag("at_all")),
    FEISHU(
            60,
            may("url"),
            secret("token", true),
            secret("secret", false),
            list("at_users", false),
            flag("at_all")),
    WECOM(
            20,
            may("url"),
            secret("key", true),
            list("mentioned", false),
            list("mentioned_mobiles", false)),
    SLACK(50, secret("url", true), list("at_users", false), flag("at_all")),
    TEAMS(60, secret("url", true));

    /// How a setting is written.
    enum Shape {
        TEXT,
        SECRET,
        LIST,
        FLAG
    }

    record Setting(String name, Shape shape, boolean required) {}

    private final int perMinute;

    // What List.of gives never changes.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Setting> settings;

    ChannelKind(int perMinute, Setting... settings) {
        this.perMinute = perMinute;
        this.settings = List.of(settings);
    }

    private static Setting need(String name) {
        return new Setting(name, Shape.TEXT, true);
    }

    private static Setting may(String name) {
        return new Setting(name, Shape.TEXT, false);
    }

    private static Setting secret(String name, boolean required) {
        return new Setting(name, Shape.SECRET, required);
    }

    private static Setting list(String name, boolean required) {
        return new Setting(name, Shape.LIST, required);
    }

    private static Setting flag(String name) {
        return new Setting(name, Shape.FLAG, false);
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ChannelKind> of(String word) {
        for (ChannelKind kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /// Messages in any minute that the vendor takes; more are merged.
    public int perMinute() {
        return perMinute;
    }

    List<Setting> settings() {
        return settings;
    }
}
