package dev.mortise.server.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A part of a list, in the order of its key.
///
/// @param next what to ask for the following part with; null at the end
public record Page<T>(List<T> items, @Nullable String next) {
    public static final int LIMIT_MAX = 200;
    public static final int LIMIT = 50;

    public Page {
        items = List.copyOf(items);
    }

    /// Keeps as many as were asked for of a list that was fetched with one more.
    public static <T> Page<T> of(List<T> fetched, int limit, Function<T, String> key) {
        if (fetched.size() <= limit) {
            return new Page<>(fetched, null);
        }
        List<T> kept = fetched.subList(0, limit);
        return new Page<>(kept, cursor(key.apply(kept.getLast())));
    }

    /// Within what a page may hold.
    public static int limit(@Nullable Integer asked) {
        return asked == null ? LIMIT : Math.clamp(asked, 1, LIMIT_MAX);
    }

    private static String cursor(String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /// The key after which a part begins; null for the first part. An unreadable cursor is none.
    public static @Nullable String key(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            String key = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            // No database stores character 0, so no key has it.
            return key.indexOf(0) >= 0 ? null : key;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
