package dev.mortise.api.egress;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/// Addresses: put together from what users wrote, taken apart, compared.
public final class Uris {
    private Uris() {}

    /// An address, perhaps relative to another; empty unless it leads to http or https and names a
    /// host and no user.
    public static Optional<URI> resolve(URI base, String text) {
        try {
            URI uri = against(base, new URI(text.strip()));
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("http") || scheme.equals("https");
            return web && uri.getHost() != null && uri.getUserInfo() == null
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (java.net.URISyntaxException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// [URI#resolve] would drop the last step of the path before a query that stands alone.
    private static URI against(URI base, URI reference) {
        boolean query = reference.toString().startsWith("?");
        return query ? URI.create(withoutQuery(base) + reference) : base.resolve(reference);
    }

    /// The address of a path below the base, whose own path stays in front.
    public static URI below(URI base, String path, Map<String, String> query) {
        String root = base.getRawPath() == null ? "" : base.getRawPath();
        root = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
        String written = path.startsWith("/") ? path : "/" + path;
        return with(base.resolve(root + written), query);
    }

    /// The same address with more in its query; a name that is there already gets the new value.
    public static URI with(URI uri, Map<String, String> query) {
        if (query.isEmpty()) {
            return uri;
        }
        StringJoiner joiner = new StringJoiner("&", "?", "");
        String raw = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String pair : raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
            if (!query.containsKey(nameOf(pair))) {
                joiner.add(pair);
            }
        }
        query.forEach((name, value) -> joiner.add(encode(name) + "=" + encode(value)));
        return URI.create(withoutQuery(uri) + joiner);
    }

    /// The same address without one name of its query.
    public static URI without(URI uri, String name) {
        String raw = uri.getRawQuery();
        if (raw == null) {
            return uri;
        }
        StringJoiner joiner = new StringJoiner("&", "?", "").setEmptyValue("");
        for (String pair : raw.split("&", -1)) {
            if (!nameOf(pair).equals(name)) {
                joiner.add(pair);
            }
        }
        return URI.create(withoutQuery(uri) + joiner);
    }

    /// The same address without the names one query has and another has not.
    public static URI without(URI uri, URI having, URI lacking) {
        Set<String> names = names(having);
        names.removeAll(names(lacking));
        URI bare = uri;
        for (String name : names) {
            bare = without(bare, name);
        }
        return bare;
    }

    private static String withoutQuery(URI uri) {
        String text = uri.toString();
        int fragment = text.indexOf('#');
        text = fragment < 0 ? text : text.substring(0, fragment);
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query);
    }

    private static String nameOf(String pair) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return name;
        }
    }

    /// Percent-encodes everything but letters, digits and `-._~`.
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /// Whether two addresses lead to the same scheme, host and port.
    public static boolean sameOrigin(URI a, URI b) {
        return a.getScheme().equalsIgnoreCase(b.getScheme())
                && a.getHost().equalsIgnoreCase(b.getHost())
                && port(a) == port(b);
    }

    /// An address without path and query, as problems show it.
    public static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private static Set<String> names(URI uri) {
        String raw = uri.getRawQuery();
        Set<String> names = new LinkedHashSet<>();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            names.add(nameOf(pair));
        }
        return names;
    }

    public static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return secure(uri) ? 443 : 80;
    }

    public static boolean secure(URI uri) {
        return uri.getScheme().equalsIgnoreCase("https");
    }
}
