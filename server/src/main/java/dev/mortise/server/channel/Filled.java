package dev.mortise.server.channel;

import dev.mortise.api.egress.Reach;
import dev.mortise.engine.flow.Surroundings;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A channel's settings with the secrets put in. Never printed and never kept.
final class Filled {
    private static final String OPEN = "${secret:";

    private final Map<String, Object> values;

    private Filled(Map<String, Object> values) {
        this.values = values;
    }

    /// @throws ProblemException SECRET_MISSING
    static Filled of(Channel channel, Surroundings.Secrets secrets) {
        Map<String, Object> values = new HashMap<>(channel.settings());
        for (ChannelKind.Setting setting : channel.kind().settings()) {
            Object value = values.get(setting.name());
            if (setting.shape() == ChannelKind.Shape.SECRET
                    && value instanceof String text
                    && text.startsWith(OPEN)) {
                values.put(setting.name(), secret(text, secrets));
            }
        }
        return new Filled(values);
    }

    private static String secret(String reference, Surroundings.Secrets secrets) {
        String name = reference.substring(OPEN.length(), reference.length() - 1);
        return secrets.find(name)
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        Problem.of(
                                                ProblemCode.SECRET_MISSING,
                                                "no secret is called '" + name + "'",
                                                "add it to the project's secrets")));
    }

    String text(String name) {
        return text(name, "");
    }

    String text(String name, String fallback) {
        Object value = values.get(name);
        return value == null || value.equals("") ? fallback : value.toString();
    }

    List<String> list(String name) {
        return values.get(name) instanceof Collection<?> items
                ? items.stream().map(String::valueOf).toList()
                : List.of();
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    Reach reach() {
        return Reach.of(text("reach"));
    }
}
