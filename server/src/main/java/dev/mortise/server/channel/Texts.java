package dev.mortise.server.channel;

import dev.mortise.engine.language.Chinese;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/// What messages say, in one language.
public final class Texts {
    static final String CHINESE = "zh-CN";
    private static final int MERGED_MAX = 20;
    private static final int VALUE_MAX = 1_000;
    private static final Texts ZH = new Texts("zh");
    private static final Texts EN = new Texts("en");

    private final Properties words = new Properties();

    private Texts(String language) {
        String file = "texts_" + language + ".properties";
        try (InputStream in = Texts.class.getResourceAsStream(file)) {
            words.load(new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Chinese for `zh` and all its kinds, English for everybody else.
    public static Texts of(String language) {
        return language.toLowerCase(Locale.ROOT).startsWith("zh") ? ZH : EN;
    }

    /// What happened, in one line.
    public String cause(Message message) {
        Object[] args = message.args().stream().map(this::told).toArray();
        return format("cause." + message.cause(), args);
    }

    /// How to mend it; empty when nothing can be said.
    public String fix(Message message) {
        return told(message.fix());
    }

    /// A sentence of a problem in this language; what is none stays as it is.
    private String told(String sentence) {
        return this == ZH ? Chinese.of(sentence) : sentence;
    }

    String title(Message message) {
        return format(
                "event." + message.event().word(),
                message.subject(),
                word("title." + message.cause()),
                message.count());
    }

    /// With the fields that help: flow, step, server, what, code, fix, and the link to the run.
    ///
    /// @param own a channel's own title and text, with `{flow}` and the like; empty for ours
    Text text(Message message, Map<String, String> own) {
        Map<String, String> fields = fields(message);
        String ownTitle = own.getOrDefault("title", "");
        String ownText = own.getOrDefault("text", "");
        List<Text.Line> lines = new ArrayList<>();
        if (ownText.isEmpty()) {
            fields.forEach(
                    (name, value) -> {
                        if (!value.isEmpty()) {
                            lines.add(new Text.Line(word("label." + name), value));
                        }
                    });
        } else {
            lines.add(new Text.Line("", filled(ownText, fields, message)));
        }
        String title = ownTitle.isEmpty() ? title(message) : filled(ownTitle, fields, message);
        return new Text(title, lines, message.link(), word("label.link"));
    }

    private Map<String, String> fields(Message message) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("project", message.project());
        fields.put("subject", message.subject());
        fields.put("rule", message.rule());
        fields.put("step", message.step());
        boolean over = message.event() == Message.Event.RECOVERED;
        fields.put("cause", over ? "" : clipped(cause(message)));
        fields.put("code", over ? "" : message.code());
        fields.put("fix", over ? "" : clipped(fix(message)));
        fields.put("server", message.server());
        fields.put("at", message.at().truncatedTo(ChronoUnit.SECONDS).toString());
        return fields;
    }

    private static String filled(String template, Map<String, String> fields, Message message) {
        String text = template.replace("{flow}", fields.getOrDefault("subject", ""));
        text = text.replace("{error}", fields.getOrDefault("cause", ""));
        text = text.replace("{link}", message.link()).replace("{count}", "" + message.count());
        for (Map.Entry<String, String> field : fields.entrySet()) {
            text = text.replace("{" + field.getKey() + "}", field.getValue());
        }
        return text;
    }

    /// Many messages as one.
    Text merged(List<Message> messages) {
        List<Text.Line> lines = new ArrayList<>();
        for (Message message : messages.subList(0, Math.min(messages.size(), MERGED_MAX))) {
            boolean over = message.event() == Message.Event.RECOVERED;
            lines.add(new Text.Line("", title(message) + (over ? "" : " · " + cause(message))));
        }
        if (messages.size() > MERGED_MAX) {
            lines.add(new Text.Line("", format("merged.more", messages.size() - MERGED_MAX)));
        }
        return new Text(
                format("merged", messages.size()),
                lines,
                messages.getFirst().link(),
                word("label.link"));
    }

    private static String clipped(String value) {
        return value.length() <= VALUE_MAX ? value : value.substring(0, VALUE_MAX) + "…";
    }

    private String word(String key) {
        return words.getProperty(key, key);
    }

    /// Arguments are shown as they are, numbers without grouping.
    private String format(String key, Object... args) {
        Object[] shown = new Object[args.length];
        for (int i = 0; i < args.length; i++) {
            shown[i] = String.valueOf(args[i]);
        }
        return new MessageFormat(word(key).replace("'", "''"), Locale.ROOT).format(shown);
    }
}
