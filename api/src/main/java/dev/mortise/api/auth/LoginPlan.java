package dev.mortise.api.auth;

import dev.mortise.api.answer.AnswerPath;
import dev.mortise.api.egress.Uris;
import dev.mortise.api.token.GrantAnswer;
import dev.mortise.api.token.TokenRules;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.option.TreeReader;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How a call of the vendor's own making gives a token or a session.
///
/// @param discovery finds the hosts of the tenant first; empty when `base_url` is the host
/// @param request gives a token or a session
/// @param renewal gives one for a refresh token; empty when `request` does
/// @param answer where the token stands
/// @param cookie the session cookie that is the token; empty when `answer` holds it
public record LoginPlan(
        Optional<Discovery> discovery,
        Request request,
        Optional<Request> renewal,
        GrantAnswer answer,
        String cookie,
        TokenRules rules,
        TokenPlace place) {

    /// @param url absolute, or relative to the address of the API or of the tenant; `{token}` in
    ///     the parts of one that renews stands for the refresh token, `{access}` for the token
    ///     given last
    /// @param form whether the body goes as a form instead of JSON
    public record Request(
            String method,
            String url,
            Map<String, String> params,
            Map<String, String> headers,
            Optional<Tree> body,
            boolean form,
            Optional<Sign> sign) {
        public Request {
            params = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(params));
            headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }

        static Request read(TreeReader reader, Files files) {
            Optional<Tree> body = reader.find("body");
            String method =
                    reader.choice(
                            "method", body.isPresent() ? "POST" : "GET", List.of("GET", "POST"));
            String url = reader.required("url", "/auth/token");
            Request request =
                    new Request(
                            method,
                            url,
                            reader.texts("params"),
                            reader.texts("headers"),
                            body,
                            reader.choice("body_as", "json", List.of("json", "form"))
                                    .equals("form"),
                            reader.find("sign")
                                    .flatMap(tree -> Sign.read(tree, files, reader.problems())));
            reader.end();
            return request;
        }
    }

    /// @param base where the answer names the address of the API
    /// @param token where it names the address that relative token urls go to
    public record Discovery(
            URI url,
            Map<String, String> params,
            Optional<AnswerPath> base,
            Optional<AnswerPath> token) {
        public Discovery {
            params = Map.copyOf(params);
        }

        static Optional<Discovery> read(TreeReader reader, URI base) {
            Optional<URI> url = Uris.resolve(base, reader.required("url", "/location"));
            if (url.isEmpty()) {
                reader.invalid("url", "an http or https address");
            }
            Optional<AnswerPath> to = AnswerPath.read(reader, "base_url");
            Discovery discovery =
                    new Discovery(
                            url.orElse(base),
                            reader.texts("params"),
                            to,
                            AnswerPath.read(reader, "token_url").or(() -> to));
            reader.end();
            return Optional.of(discovery);
        }
    }

    Stream<Secret> secrets() {
        return Stream.concat(Stream.of(request), renewal.stream()).flatMap(LoginPlan::secrets);
    }

    /// Whatever a login sends may be a secret; short words and numbers are too common to hide.
    private static Stream<Secret> secrets(Request request) {
        Stream<Secret> sent =
                Stream.concat(
                                request.params().values().stream(),
                                request.body().stream().flatMap(LoginPlan::leaves))
                        .filter(text -> text.length() >= 8)
                        .map(Secret::new);
        return Stream.concat(sent, request.sign().stream().flatMap(Sign::secrets));
    }

    private static Stream<String> leaves(Tree tree) {
        return switch (tree) {
            case Tree.Leaf leaf -> Stream.of(leaf.text());
            case Tree.Items items -> items.items().stream().flatMap(LoginPlan::leaves);
            case Tree.Entries map -> map.entries().values().stream().flatMap(LoginPlan::leaves);
        };
    }

    /// Reads the words of `kind: login`.
    static LoginPlan read(TreeReader reader, URI base, Files files) {
        Optional<Discovery> discovery =
                reader.inner("discover", "'discover' of 'auth'")
                        .flatMap(inner -> Discovery.read(inner, base));
        Optional<TreeReader> written = reader.inner("request", "'request' of 'auth'");
        if (written.isEmpty()) {
            reader.required("request", "{url: /login, body: {user: app}}");
        }
        Request request =
                written.map(inner -> Request.read(inner, files)).orElseGet(LoginPlan::nothing);
        Optional<Request> renewal =
                reader.inner("refresh", "'refresh' of 'auth'")
                        .map(inner -> Request.read(inner, files));
        String cookie = reader.text("cookie", "");
        TokenPlace usual = cookie.isEmpty() ? TokenPlace.bearer() : new TokenPlace.Cookie("");
        return new LoginPlan(
                discovery,
                request,
                renewal,
                GrantAnswer.read(reader),
                cookie,
                TokenRules.read(reader, true),
                TokenPlace.read(reader, usual));
    }

    private static Request nothing() {
        return new Request(
                "GET", "", Map.of(), Map.of(), Optional.empty(), false, Optional.empty());
    }
}
