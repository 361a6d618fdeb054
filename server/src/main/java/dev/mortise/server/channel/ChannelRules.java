package dev.mortise.server.channel;

import dev.mortise.api.egress.Reach;
import dev.mortise.api.egress.Uris;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// May a channel be saved?
final class ChannelRules {
    /// Settings of every kind: how far it may reach, and texts of its own.
    private static final Set<String> SHARED = Set.of("reach", "title", "text");

    private static final Set<String> SECURITIES = Set.of("none", "starttls", "tls");
    private static final Set<String> LANGUAGES = Set.of("zh-CN", "en");
    private static final Pattern SECRET = Pattern.compile("\\$\\{secret:[A-Za-z0-9_.-]{1,100}}");
    private static final int NAME_MAX = 100;
    private static final int VALUE_MAX = 4_000;
    private static final int LIST_MAX = 50;

    private ChannelRules() {}

    static List<Problem> problems(Channel channel) {
        List<Problem> problems = new ArrayList<>();
        if (channel.name().isBlank() || channel.name().length() > NAME_MAX) {
            problems.add(
                    invalid("name", "a name expects 1 to " + NAME_MAX + " characters", "mend it"));
        }
        if (!LANGUAGES.contains(channel.language())) {
            problems.add(
                    invalid(
                            "language",
                            "a language expects 'zh-CN' or 'en', got '" + channel.language() + "'",
                            "choose one of them"));
        }
        known(channel, problems);
        for (ChannelKind.Setting setting : channel.kind().settings()) {
            setting(setting, channel.settings().get(setting.name()), problems);
        }
        shared(channel.settings(), problems);
        return problems;
    }

    private static void known(Channel channel, List<Problem> problems) {
        Set<String> names = new LinkedHashSet<>(SHARED);
        channel.kind().settings().forEach(setting -> names.add(setting.name()));
        for (String name : channel.settings().keySet()) {
            if (!names.contains(name)) {
                problems.add(
                        Problem.of(
                                        ProblemCode.OPTION_UNKNOWN,
                                        "unknown setting '" + name + "'",
                                        Nearest.fix(name, names))
                                .at("settings." + name));
            }
        }
    }

    private static void setting(
            ChannelKind.Setting setting, @Nullable Object value, List<Problem> problems) {
        String place = "settings." + setting.name();
        if (value == null || value.equals("") || value.equals(List.of())) {
            if (setting.required()) {
                problems.add(
                        Problem.of(
                                        ProblemCode.OPTION_MISSING,
                                        "expected the setting '" + setting.name() + "'",
                                        "fill it in")
                                .at(place));
            }
            return;
        }
        switch (setting.shape()) {
            case SECRET -> {
                if (!(value instanceof String text) || !SECRET.matcher(text).matches()) {
                    // Never shown: it may be the secret itself.
                    problems.add(
                            invalid(
                                    place,
                                    "'%s' expects a reference to a secret"
                                            .formatted(setting.name()),
                                    "keep it among the project's secrets and write"
                                            + " '${secret:its-name}' here"));
                }
            }
            case TEXT -> text(setting.name(), place, value, problems);
            case LIST -> {
                if (!isList(value)) {
                    problems.add(
                            invalid(
                                    place,
                                    "expected a list of at most " + LIST_MAX + " texts",
                                    "write it like [\"13800000000\"]"));
                }
            }
            case FLAG -> {
                if (!(value instanceof Boolean)) {
                    problems.add(invalid(place, "expected true or false", "choose one of them"));
                }
            }
        }
    }

    private static boolean isList(Object value) {
        return value instanceof Collection<?> items
                && items.size() <= LIST_MAX
                && items.stream()
                        .allMatch(
                                item ->
                                        item instanceof String text
                                                && text.length() <= 200
                                                && !text.contains("\n")
                                                && !text.contains("\r"));
    }

    private static void text(String name, String place, Object value, List<Problem> problems) {
        String text = String.valueOf(value);
        boolean sound =
                switch (name) {
                    case "url" -> isUrl(text);
                    case "security" -> SECURITIES.contains(text);
                    case "port" ->
                            text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) < 65536;
                    default -> text.length() <= 300 && text.lines().count() <= 1;
                };
        if (!sound) {
            problems.add(invalid(place, "'" + name + "' cannot be '" + text + "'", expected(name)));
        }
    }

    private static String expected(String name) {
        return switch (name) {
            case "url" -> "write an address such as https://hooks.example.com/mortise";
            case "security" -> "write none, starttls or tls";
            case "port" -> "write a number from 1 to 65535";
            default -> "write one short line";
        };
    }

    static boolean isUrl(String text) {
        return Uris.resolve(URI.create("http://nowhere/"), text)
                .filter(uri -> text.startsWith("http"))
                .isPresent();
    }

    private static void shared(Map<String, Object> settings, List<Problem> problems) {
        Object reach = settings.getOrDefault("reach", Reach.PUBLIC.word());
        if (Arrays.stream(Reach.values()).noneMatch(known -> known.word().equals(reach))) {
            problems.add(
                    invalid(
                            "settings.reach",
                            "'reach' expects public, private or any, got '" + reach + "'",
                            "choose one of them"));
        }
        for (String name : List.of("title", "text")) {
            Object value = settings.getOrDefault(name, "");
            if (!(value instanceof String text) || text.length() > VALUE_MAX) {
                problems.add(
                        invalid(
                                "settings." + name,
                                "expected a text of at most " + VALUE_MAX + " characters",
                                "shorten it"));
            }
        }
    }

    /// Whether it may leave the public internet, which an administrator has to allow.
    static boolean reachesInside(Channel channel) {
        return Reach.of(String.valueOf(channel.settings().get("reach"))) != Reach.PUBLIC;
    }

    private static Problem invalid(String place, String message, String fix) {
        return Problem.of(ProblemCode.VALUE_INVALID, message, fix).at(place);
    }
}
