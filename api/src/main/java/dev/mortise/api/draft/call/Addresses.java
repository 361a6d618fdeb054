package dev.mortise.api.draft.call;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Addresses as people and tools write them, taken apart without being strict.
public final class Addresses {
    /// @param base scheme, host and port
    /// @param user whether a user or password stood in it; they are dropped here
    /// @param path not decoded; begins with `/`
    /// @param query names and values, decoded, in order
    public record Split(
            String base, boolean user, String path, List<Map.Entry<String, String>> query) {}

    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(?i)(https?)://(?:([^/?#@]*)@)?([^/?#@]+)([^?#]*)(?:\\?([^#]*))?(?:#.*)?");
    private static final Pattern HOST =
            Pattern.compile(
                    "[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\\d{1,5})?"
                            + "|\\[[0-9a-fA-F:]+](:\\d{1,5})?");
    private static final Pattern HOLE = Pattern.compile("\\{([^{}/]*)}");
    private static final Pattern HOLE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,99}");
    private static final Pattern STRAY = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final String PATH_CHARS = "-._~!$&'()*+,;=:@/";

    private Addresses() {}

    /// Takes an address apart; empty when it leads to no host over http or https.
    public static Optional<Split> split(String text) {
        Matcher matcher = ADDRESS.matcher(text.strip());
        if (!matcher.matches() || !isHost(matcher.group(3))) {
            return Optional.empty();
        }
        String path = matcher.group(4).isEmpty() ? "/" : matcher.group(4);
        return Optional.of(
                new Split(
                        matcher.group(1).toLowerCase(Locale.ROOT) + "://" + matcher.group(3),
                        matcher.group(2) != null,
                        path,
                        query(matcher.group(5) == null ? "" : matcher.group(5))));
    }

    private static boolean isHost(String host) {
        try {
            return HOST.matcher(host).matches() && new URI("http://" + host).getHost() != null;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    /// The names and values of a query or a form.
    public static List<Map.Entry<String, String>> query(String text) {
        List<Map.Entry<String, String>> query = new ArrayList<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!name.isEmpty()) {
                query.add(Map.entry(name, equals < 0 ? "" : decode(pair.substring(equals + 1))));
            }
        }
        return query;
    }

    /// Percent signs and plus signs decoded; what is none of them stays.
    public static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        var bytes = new java.io.ByteArrayOutputStream();
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
            if (raw[i] == '%' && high >= 0 && low >= 0) {
                bytes.write(high * 16 + low);
                i += 2;
            } else {
                bytes.write(raw[i] == '+' ? ' ' : raw[i]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// The names in the braces of a path, each with the name a definition can have for it.
    public static Map<String, String> holes(String path) {
        Map<String, String> holes = new LinkedHashMap<>();
        Matcher matcher = HOLE.matcher(path);
        while (matcher.find()) {
            String name = matcher.group(1);
            String fit = HOLE_NAME.matcher(name).matches() ? name : "p" + (holes.size() + 1);
            holes.putIfAbsent(name, fit);
        }
        return holes;
    }

    /// Whether a name can stand in braces as it is.
    static boolean isHole(String name) {
        return HOLE_NAME.matcher(name).matches();
    }

    /// Percent-encodes everything but letters, digits and `-._~`.
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /// A path as a definition writes it: `/` in front, holes renamed, other characters encoded.
    public static String path(String raw) {
        Map<String, String> holes = holes(raw);
        StringBuilder path = new StringBuilder(raw.startsWith("/") ? "" : "/");
        Matcher matcher = HOLE.matcher(raw);
        int done = 0;
        while (matcher.find()) {
            encode(raw.substring(done, matcher.start()), path);
            path.append('{').append(holes.get(matcher.group(1))).append('}');
            done = matcher.end();
        }
        encode(raw.substring(done), path);
        return path.toString().replaceAll("/{2,}", "/");
    }

    private static void encode(String text, StringBuilder path) {
        String safe = STRAY.matcher(text).replaceAll("%25");
        for (byte unit : safe.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (unit & 0xFF);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || PATH_CHARS.indexOf(c) >= 0);
            if (plain || c == '%') {
                path.append(c);
            } else {
                path.append('%').append("%02X".formatted((int) c));
            }
        }
    }

    /// A base address as the connector takes it; empty when it is none.
    public static Optional<String> base(String text) {
        String bare = text.strip().replaceAll("/+$", "");
        return split(bare)
                .filter(split -> !split.path.contains("{"))
                .map(
                        split -> {
                            String path = path(split.path).replaceAll("/+$", "");
                            return split.base + path;
                        });
    }
}
