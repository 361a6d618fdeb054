package dev.mortise.api.auth;

import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the option `auth`.
final class AuthReader {
    private static final Duration JWT_LIFE = Duration.ofMinutes(5);

    private final TreeReader reader;
    private final URI base;
    private final Files files;

    private AuthReader(TreeReader reader, URI base, Files files) {
        this.reader = reader;
        this.base = base;
        this.files = files;
    }

    static Auth read(Tree tree, URI base, Files files, List<Problem> problems) {
        if (tree instanceof Tree.Leaf leaf && leaf.text().equals("none")) {
            return new Auth.None();
        }
        TreeReader reader = TreeReader.of(tree, "'auth'", problems);
        String kind = reader.text("kind", "");
        reader.find("csrf");
        Auth auth = new AuthReader(reader, base, files).kind(kind);
        if (Auth.KINDS.contains(kind)) {
            reader.end();
        }
        return auth;
    }

    private Auth kind(String kind) {
        return switch (kind) {
            case "none" -> new Auth.None();
            case "basic" -> new Auth.Basic(reader.required("user", "app"), password());
            case "digest" -> new Auth.Digest(reader.required("user", "app"), password());
            case "bearer" -> new Auth.Bearer(required("token", "${env:API_TOKEN}"));
            case "api_key" -> apiKey();
            case "jwt" -> jwt();
            case "oauth2" -> new Auth.OAuth(OAuthPlan.read(reader, base, files));
            case "login" -> new Auth.Login(LoginPlan.read(reader, base, files));
            default -> {
                kindUnknown(kind);
                yield new Auth.None();
            }
        };
    }

    private void kindUnknown(String kind) {
        String message =
                kind.isEmpty()
                        ? "'kind' is missing in 'auth'"
                        : "'kind' in 'auth' expects one of %s, got '%s'"
                                .formatted(String.join(", ", Auth.KINDS), kind);
        reader.problem(
                kind.isEmpty() ? ProblemCode.OPTION_MISSING : ProblemCode.OPTION_INVALID,
                reader.placeOf("kind"),
                message,
                Nearest.fix(kind, Auth.KINDS));
    }

    private Secret password() {
        return required("password", "${env:API_PASSWORD}");
    }

    private Secret required(String name, String example) {
        return new Secret(reader.required(name, example));
    }

    private Auth apiKey() {
        String name = reader.required("name", "X-Api-Key");
        Secret value = required("value", "${env:API_KEY}");
        String in = reader.choice("in", "header", List.of("header", "query", "cookie"));
        TokenPlace place =
                switch (in) {
                    case "query" -> new TokenPlace.Query(name);
                    case "cookie" -> new TokenPlace.Cookie(name);
                    default -> new TokenPlace.Header(name, "");
                };
        return new Auth.ApiKey(place, value);
    }

    private Auth jwt() {
        return new Auth.Jwt(
                Signers.read(reader, files, "HS256"),
                values("header"),
                values("claims"),
                life(),
                TokenPlace.read(reader, TokenPlace.bearer()));
    }

    private Duration life() {
        String text = reader.text("life", JWT_LIFE.toSeconds() + "s");
        Optional<Duration> life = Settings.parseDuration(text).filter(Duration::isPositive);
        if (life.isEmpty()) {
            reader.invalid("life", "a duration such as 5m, got '" + text + "'");
        }
        return life.orElse(JWT_LIFE);
    }

    private Map<String, Object> values(String name) {
        return reader.find(name)
                .map(tree -> new LinkedHashMap<String, Object>(JsonBody.object(tree)))
                .orElseGet(LinkedHashMap::new);
    }
}
