package dev.mortise.api.auth;

import dev.mortise.api.recipe.Message;
import dev.mortise.api.recipe.Pair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Cookies as far as a session needs them: what an answer sets, later calls send.
final class Cookies {
    private static final int TELLING_MIN = 8;

    private Cookies() {}

    /// What `Set-Cookie` headers set, by name, in order; of a repeated name the last value.
    static Map<String, String> set(List<String> headers) {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String header : headers) {
            String pair = header.split(";", 2)[0].strip();
            int equals = pair.indexOf('=');
            if (equals > 0) {
                cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return cookies;
    }

    /// As a `Cookie` header writes them.
    static String header(Map<String, String> cookies) {
        return cookies.entrySet().stream()
                .map(c -> c.getKey() + "=" + c.getValue())
                .collect(Collectors.joining("; "));
    }

    /// Those values of a `Cookie` header that may let somebody in: that of the session, and others
    /// unless they are short, as a language is.
    static List<String> telling(String header, String session) {
        return Stream.of(header.split("; ", -1))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .filter(pair -> pair[0].equals(session) || pair[1].length() >= TELLING_MIN)
                .map(pair -> pair[1])
                .toList();
    }

    /// With further cookies beside those the message has.
    static Message add(Message message, String cookies) {
        if (cookies.isEmpty()) {
            return message;
        }
        String held =
                message.headers().stream()
                        .filter(h -> h.name().equalsIgnoreCase("Cookie"))
                        .map(Pair::value)
                        .collect(Collectors.joining("; "));
        return message.withHeader("Cookie", held.isEmpty() ? cookies : held + "; " + cookies);
    }
}
