package dev.mortise.connectors.http;

import dev.mortise.connectors.http.Call.Answer;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Puts what signs in on a call, as the last thing before it is sent.
final class Credentials {
    private static final String BEARER = "Bearer ";

    private final Auth auth;
    private final Optional<TokenBroker> broker;

    Credentials(Auth auth, Function<Call, Answer> send, Refusals refusals, Ticker ticker) {
        this.auth = auth;
        this.broker =
                auth instanceof Auth.ClientCredentials client
                        ? Optional.of(new TokenBroker(client, send, refusals, ticker))
                        : Optional.empty();
        auth.secrets().forEach(secret -> refusals.conceal(secret.reveal()));
        if (auth instanceof Auth.Basic basic) {
            refusals.conceal(TokenBroker.base64(pair(basic)));
        }
        if (auth instanceof Auth.ClientCredentials client) {
            String secret = Uris.encode(client.clientSecret().reveal());
            refusals.conceal(TokenBroker.base64(Uris.encode(client.clientId()) + ":" + secret));
        }
    }

    Call sign(Call call) {
        return switch (auth) {
            case Auth.None _ -> call;
            case Auth.Basic basic ->
                    call.with("Authorization", "Basic " + TokenBroker.base64(pair(basic)));
            case Auth.Bearer bearer -> call.with("Authorization", BEARER + bearer.token().reveal());
            case Auth.ApiKey(var name, var value, var inQuery) ->
                    inQuery
                            ? call.to(Uris.with(call.uri(), Map.of(name, value.reveal())))
                            : call.with(name, value.reveal());
            case Auth.ClientCredentials _ ->
                    call.with("Authorization", BEARER + broker.orElseThrow().token());
        };
    }

    private static String pair(Auth.Basic basic) {
        return basic.user() + ":" + basic.password().reveal();
    }

    /// Replaces what a call was refused with.
    ///
    /// @return whether there is something else to try it with
    boolean renew(Call refused) {
        String header = refused.headers().getOrDefault("Authorization", "");
        broker.ifPresent(tokens -> tokens.renew(header.replaceFirst("^" + BEARER, "")));
        return broker.isPresent();
    }
}
