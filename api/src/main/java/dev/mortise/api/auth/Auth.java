package dev.mortise.api.auth;

import dev.mortise.api.token.JwtSigner;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Problem;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// How an API wants to be told who calls. One record a kind; what a kind does to a call stands in
/// [Credentials].
public sealed interface Auth {
    List<String> KINDS =
            List.of("none", "basic", "bearer", "api_key", "digest", "jwt", "oauth2", "login");

    record None() implements Auth {}

    record Basic(String user, Secret password) implements Auth {}

    record Bearer(Secret token) implements Auth {}

    record ApiKey(TokenPlace place, Secret value) implements Auth {}

    /// RFC 7616.
    record Digest(String user, Secret password) implements Auth {}

    /// A token of our own making, signed anew for each call (RFC 7519).
    ///
    /// @param claims beside `iat` and `exp`
    record Jwt(
            JwtSigner signer,
            Map<String, Object> header,
            Map<String, Object> claims,
            Duration life,
            TokenPlace place)
            implements Auth {
        public Jwt {
            header = Map.copyOf(header);
            claims = Map.copyOf(claims);
        }
    }

    /// A token of an OAuth 2 server.
    record OAuth(OAuthPlan plan) implements Auth {}

    /// A token or session that a call of the vendor's own making gives.
    record Login(LoginPlan plan) implements Auth {}

    /// What must never show in a message.
    default Stream<Secret> secrets() {
        return switch (this) {
            case None _ -> Stream.empty();
            case Basic basic -> Stream.of(basic.password());
            case Bearer bearer -> Stream.of(bearer.token());
            case ApiKey key -> Stream.of(key.value());
            case Digest digest -> Stream.of(digest.password());
            case Jwt jwt -> Stream.of(jwt.signer().key());
            case OAuth oauth -> oauth.plan().secrets();
            case Login login -> login.plan().secrets();
        };
    }

    /// The names of the query that carry what signs in.
    default Set<String> queryNames() {
        TokenPlace place =
                switch (this) {
                    case ApiKey key -> key.place();
                    case Jwt jwt -> jwt.place();
                    case OAuth oauth -> oauth.plan().place();
                    case Login login -> login.plan().place();
                    case None _, Basic _, Bearer _, Digest _ -> TokenPlace.bearer();
                };
        return place instanceof TokenPlace.Query(var name) ? Set.of(name) : Set.of();
    }

    /// Reads the option `auth`: the word `none`, or a subtree with a `kind`.
    ///
    /// @param base the address of the API, which relative ones are resolved against
    static Auth read(Tree tree, URI base, Files files, List<Problem> problems) {
        return AuthReader.read(tree, base, files, problems);
    }
}
