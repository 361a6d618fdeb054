package dev.mortise.server.safety;

import dev.mortise.server.RouteList.Route;
import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A request made up by chance: now and then right, mostly nearly so, sometimes nonsense.
record Guess(String method, String path, @Nullable String body, @Nullable String ifMatch) {
    private static final List<String> WORDS =
            List.of(
                    "sales",
                    "orders",
                    "flows",
                    "connections",
                    "root",
                    "viewer",
                    "*",
                    "1",
                    "0",
                    "-1",
                    "2147483648",
                    "9".repeat(40),
                    "",
                    " ",
                    "a.b",
                    "..",
                    "'; drop table",
                    "${x}",
                    "\u0000",
                    "\ud800",
                    "\u4e2d\u6587",
                    "\ud83d\ude00",
                    "a".repeat(3000),
                    "%",
                    "null",
                    "true",
                    "{}",
                    "[]",
                    "1e309",
                    "2026-11-26T07:00:00Z",
                    "flow: orders\nsteps: {}\n",
                    "zh-CN",
                    "dark",
                    "a b c d e f g");
    private static final List<String> KEYS =
            List.of(
                    "name",
                    "text",
                    "value",
                    "title",
                    "color",
                    "token",
                    "password",
                    "display_name",
                    "language",
                    "theme",
                    "old",
                    "new",
                    "code",
                    "grants",
                    "disabled",
                    "totp",
                    "project",
                    "role",
                    "expires_at",
                    "revision",
                    "layout",
                    "message",
                    "oidc",
                    "ldap",
                    "groups",
                    "everybody",
                    "secret",
                    "enabled",
                    "issuer",
                    "url",
                    "nonsense");
    private static final List<String> QUERIES =
            List.of("limit", "after", "query", "object", "actor", "action", "project", "x");

    static Guess of(Route route, Random random) {
        String path = filled(route.path(), random) + query(random);
        boolean hasBody = !route.method().equals("GET") && random.nextInt(20) > 0;
        String body = hasBody ? body(random) : null;
        return new Guess(
                route.method(),
                path,
                body,
                random.nextInt(3) == 0
                        ? pick(List.of("*", "\"1\"", "\"2\"", "x", "W/\"1\""), random)
                        : null);
    }

    Answer send(Client client) {
        if (path.contains("/events")) {
            return client.head(method, path, body == null ? null : new Client.Raw(body));
        }
        return body == null
                ? client.call(method, path, null, ifMatch)
                : client.call(method, path, new Client.Raw(body), ifMatch);
    }

    private static String filled(String pattern, Random random) {
        StringBuilder path = new StringBuilder();
        int done = 0;
        for (int at = pattern.indexOf('{'); at >= 0; at = pattern.indexOf('{', done)) {
            int end = pattern.indexOf('}', at);
            String name = pattern.substring(at + 1, end).split(":", 2)[0];
            path.append(pattern, done, at).append(value(name, random));
            done = end + 1;
        }
        return path.append(pattern.substring(done)).toString();
    }

    private static String value(String name, Random random) {
        if (random.nextInt(4) > 0) {
            return switch (name) {
                case "project" -> "sales";
                case "kind" -> pick(List.of("flows", "connections"), random);
                case "name" ->
                        pick(
                                List.of("orders", "erp.password", "new-" + random.nextInt(50)),
                                random);
                case "revision" -> "" + random.nextInt(4);
                default -> encoded(pick(WORDS, random));
            };
        }
        return encoded(pick(WORDS, random));
    }

    private static String query(Random random) {
        StringBuilder query = new StringBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            query.append(query.isEmpty() ? '?' : '&')
                    .append(pick(QUERIES, random))
                    .append('=')
                    .append(encoded(pick(WORDS, random)));
        }
        return query.toString();
    }

    private static String encoded(String text) {
        String cut = text.substring(0, Math.min(text.length(), 500));
        return URLEncoder.encode(cut, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String body(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> json(pick(WORDS, random));
            case 1 -> pick(WORDS, random);
            case 2 -> "[".repeat(random.nextInt(2000));
            case 3 -> object(random, 3).substring(1);
            default -> object(random, 3);
        };
    }

    private static String object(Random random, int depth) {
        List<String> members = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            members.add(json(pick(KEYS, random)) + ":" + any(random, depth));
        }
        return "{" + String.join(",", members) + "}";
    }

    private static String any(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 7)) {
            case 0 -> "null";
            case 1 -> "" + random.nextInt(5);
            case 2 -> "" + random.nextBoolean();
            case 7 -> object(random, depth - 1);
            case 8 -> "[" + any(random, depth - 1) + "]";
            case 9 -> "1e400";
            default -> json(pick(WORDS, random));
        };
    }

    private static String json(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPlain = c >= ' ' && c < 127 && c != '"' && c != '\\';
            json.append(isPlain ? "" + c : String.format("\\u%04x", (int) c));
        }
        return json.append('"').toString();
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    @Override
    public String toString() {
        String shown = body == null ? "" : body.substring(0, Math.min(body.length(), 300));
        return method + " " + path + " " + ifMatch + " " + shown;
    }
}
