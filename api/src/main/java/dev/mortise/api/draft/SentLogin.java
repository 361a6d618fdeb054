package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Findings;
import dev.mortise.api.draft.call.Maps;
import dev.mortise.api.draft.call.Names;
import dev.mortise.api.draft.call.Placeholders;
import dev.mortise.api.draft.call.Secrets;
import dev.mortise.spi.option.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Concludes from headers and parameters how calls sign in: the first of them that does becomes the
/// option `auth`, further secrets become headers and parameters with placeholders. Headers that
/// only a browser or tool needs are left out.
final class SentLogin {
    private static final Pattern NOISE =
            Pattern.compile(
                    ":.*|host|content-.*|connection|accept|accept-encoding|accept-language"
                            + "|user-agent|referer|origin|cache-control|pragma|sec-.*|dnt|te"
                            + "|upgrade.*"
                            + "|priority|if-none-match|if-modified-since|postman-token|expect"
                            + "|transfer-encoding|traceparent|tracestate|baggage|x-b3-.*|keep-alive"
                            + "|save-data|purpose|proxy-.*|x-requested-with|x-client-data"
                            + "|sentry-trace"
                            + "|x-request-id|x-correlation-id|alt-used|forwarded|x-forwarded-.*"
                            + "|via");
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern SIGNS = Pattern.compile("(?i)(.*[_-])?(sign|signature|sig|hmac)");

    private final Placeholders placeholders;
    private final Findings findings;
    private final Map<String, String> auth = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Set<String> noise = new TreeSet<>();
    private Place firstNoise = Place.NOWHERE;

    SentLogin(Placeholders placeholders, Findings findings) {
        this.placeholders = placeholders;
        this.findings = findings;
    }

    /// Whether a header can have the name.
    static boolean isHeader(String name) {
        return NAME.matcher(name).matches();
    }

    Map<String, String> auth() {
        return Maps.copy(auth);
    }

    Map<String, String> headers() {
        return Maps.copy(headers);
    }

    void basic(Place place) {
        offer(
                Map.of("kind", "basic"),
                place,
                () -> {
                    auth.put("user", placeholders.secret("user", "", place));
                    auth.put("password", placeholders.secret("password", "", place));
                });
    }

    void bearer(Place place) {
        offer(
                Map.of("kind", "bearer"),
                place,
                () -> auth.put("token", placeholders.secret("token", "", place)));
    }

    /// Client credentials of OAuth 2.
    void oauth(String tokenUrl, String scope, Place place) {
        offer(
                Map.of("kind", "oauth2"),
                place,
                () -> {
                    auth.put("token_url", Names.literal(tokenUrl));
                    auth.put("client_id", placeholders.secret("client_id", "", place));
                    auth.put("client_secret", placeholders.secret("client_secret", "", place));
                    if (!scope.isBlank()) {
                        auth.put("scope", placeholders.value("scope", scope, place));
                    }
                });
    }

    /// A key in a header or the query.
    void apiKey(String name, String in, Place place) {
        offer(
                Map.of("kind", "api_key", "name", name),
                place,
                () -> {
                    auth.put("name", Names.literal(name));
                    auth.put("value", placeholders.secret(name, "", place));
                    auth.put("in", in);
                });
    }

    private void offer(Map<String, String> wanted, Place place, Runnable fill) {
        if (auth.isEmpty()) {
            auth.put("kind", wanted.getOrDefault("kind", "none"));
            fill.run();
        } else if (!auth.entrySet().containsAll(wanted.entrySet())) {
            findings.leftOut(
                    place,
                    "this request signs in another way than the ones before",
                    "make a connection of its own for it");
        }
    }

    /// What a resource sends as this header; empty when the connection does, or nobody.
    Optional<String> header(String name, String value, Place place) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("authorization")) {
            authorization(name, value, place);
            return Optional.empty();
        }
        if (NOISE.matcher(lower).matches() || !isHeader(name)) {
            firstNoise = noise.isEmpty() ? place : firstNoise;
            noise.add(Names.title(lower));
            return Optional.empty();
        }
        if (lower.equals("cookie")) {
            headers.computeIfAbsent(name, _ -> placeholders.secret("cookie", value, place));
            return Optional.empty();
        }
        boolean secret = Secrets.is(name, value);
        if (secret) {
            signature(name, place);
            if (auth.isEmpty() || isKey(name, "header")) {
                apiKey(name, "header", place);
            } else {
                headers.computeIfAbsent(name, _ -> placeholders.secret(name, value, place));
            }
            return Optional.empty();
        }
        return Optional.of(placeholders.value(name, value, place));
    }

    private void authorization(String name, String value, Place place) {
        String kind = value.strip().toLowerCase(Locale.ROOT);
        if (kind.startsWith("bearer")) {
            bearer(place);
        } else if (kind.startsWith("basic")) {
            basic(place);
        } else if (!value.isBlank()) {
            apiKey(name, "header", place);
        }
    }

    /// What a resource sends as this parameter of the query.
    Optional<String> query(String name, String value, Place place) {
        boolean secret = Secrets.is(name, value);
        if (!secret) {
            return Optional.of(placeholders.value(name, value, place));
        }
        signature(name, place);
        if (auth.isEmpty() || isKey(name, "query")) {
            apiKey(name, "query", place);
            return Optional.empty();
        }
        return Optional.of(placeholders.secret(name, value, place));
    }

    private boolean isKey(String name, String in) {
        return Names.literal(name).equals(auth.get("name")) && in.equals(auth.get("in"));
    }

    private void signature(String name, Place place) {
        if (SIGNS.matcher(name).matches()) {
            findings.leftOut(
                    place,
                    "'"
                            + Names.title(name)
                            + "' looks like a signature, which differs for each call",
                    "describe how calls are signed");
        }
    }

    /// Tells once which headers were left out.
    void end() {
        if (!noise.isEmpty()) {
            List<String> names = noise.stream().limit(40).toList();
            findings.leftOut(
                    firstNoise,
                    "headers of a browser or tool are left out: " + String.join(", ", names),
                    "");
        }
    }
}
