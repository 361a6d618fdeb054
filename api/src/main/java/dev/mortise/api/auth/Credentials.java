package dev.mortise.api.auth;

import dev.mortise.api.answer.Answer;
import dev.mortise.api.egress.Uris;
import dev.mortise.api.recipe.Message;
import dev.mortise.api.token.Grant;
import dev.mortise.api.token.Token;
import dev.mortise.api.token.TokenBroker;
import dev.mortise.api.token.TokenRules;
import dev.mortise.spi.option.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Puts what signs in, and then the signature, on a call as the last thing before it is sent.
/// Used by many threads.
public final class Credentials {
    private final Access access;
    private final Wire wire;
    private final InstantSource clock;
    private final Optional<TokenBroker> broker;
    private final Optional<Csrf> csrf;
    private final Optional<DigestAuth> digest;

    /// A call as it goes out.
    ///
    /// @param token what it carries, if a broker gave it
    public record Signed(Message call, Optional<Token> token) {}

    public Credentials(Access access, Wire wire, TokenKeeping stores, InstantSource clock) {
        this.access = access;
        this.wire = wire;
        this.clock = clock;
        this.broker = broker(stores);
        this.csrf = access.csrf().map(path -> new Csrf(access.base(), path, wire));
        this.digest =
                access.auth() instanceof Auth.Digest auth
                        ? Optional.of(new DigestAuth(auth))
                        : Optional.empty();
        access.secrets().forEach(wire::conceal);
        if (access.auth() instanceof Auth.Basic basic) {
            wire.conceal(base64(pair(basic)));
        }
        if (access.auth() instanceof Auth.OAuth(var plan)) {
            plan.shown().forEach(wire::conceal);
        }
    }

    private Optional<TokenBroker> broker(TokenKeeping stores) {
        return switch (access.auth()) {
            case Auth.OAuth(var plan) ->
                    Optional.of(broker(stores, new OAuthGrant(plan, wire, clock), plan.rules()));
            case Auth.Login(var plan) ->
                    Optional.of(
                            broker(
                                    stores,
                                    new LoginGrant(plan, access.base(), wire, clock),
                                    plan.rules()));
            default -> Optional.empty();
        };
    }

    /// All secrets together seal the tokens: who knows them could ask for others anyway.
    private TokenBroker broker(TokenKeeping stores, Grant grant, TokenRules rules) {
        String all = String.join("\n", access.auth().secrets().map(Secret::reveal).toList());
        Optional<String> holder =
                access.auth() instanceof Auth.OAuth(var plan)
                        ? plan.holder(access.base())
                        : Optional.empty();
        return new TokenBroker(stores.of(new Secret(all), holder), grant, rules, clock);
    }

    /// What a person's consent goes through; empty when the connection needs none.
    public Optional<Consent> consent() {
        return access.auth() instanceof Auth.OAuth(var plan)
                        && plan.flow() instanceof OAuthPlan.Flow.Code page
                ? Optional.of(
                        new Consent(
                                plan,
                                page,
                                new OAuthGrant(plan, wire, clock),
                                broker.orElseThrow()))
                : Optional.empty();
    }

    /// What signing a call needs from the network, had before the call waits for its turn: whoever
    /// has a turn must not wait for another.
    ///
    /// @param guard the token and the cookies of a writing call
    public record Ready(Optional<Token> token, Optional<Csrf.Held> guard) {}

    public Ready ready(Message call) {
        Optional<Token> token = broker.map(TokenBroker::token);
        token.ifPresent(this::conceal);
        return new Ready(
                token, csrf.flatMap(guard -> guard.held(call, fetch -> signedIn(fetch, token))));
    }

    private void conceal(Token token) {
        String value = token.value().reveal();
        wire.conceal(value);
        if (access.auth() instanceof Auth.Login(var plan) && !plan.cookie().isEmpty()) {
            Cookies.telling(value, plan.cookie()).forEach(wire::conceal);
        }
    }

    /// The call with all that signs in, and signed as of now.
    public Signed sign(Message call, Ready ready) {
        Message known = signedIn(call, ready.token());
        Message whole = ready.guard().map(held -> held.put(known)).orElse(known);
        Message signed = access.sign().map(sign -> sign.sign(whole, clock)).orElse(whole);
        return new Signed(signed, ready.token());
    }

    private Message signedIn(Message call, Optional<Token> token) {
        return switch (access.auth()) {
            case Auth.None _ -> call;
            case Auth.Basic basic ->
                    call.withHeader("Authorization", "Basic " + base64(pair(basic)));
            case Auth.Bearer(var bearer) -> TokenPlace.bearer().put(call, bearer);
            case Auth.ApiKey(var place, var value) -> place.put(call, value);
            case Auth.Digest _ -> digest.orElseThrow().put(call);
            case Auth.Jwt jwt -> jwt.place().put(call, made(jwt));
            case Auth.OAuth(var plan) -> plan.place().put(call, token.orElseThrow().value());
            case Auth.Login(var plan) ->
                    plan.place().put(moved(call, token), token.orElseThrow().value());
        };
    }

    private Secret made(Auth.Jwt jwt) {
        Instant now = clock.instant();
        java.util.Map<String, Object> claims = new java.util.LinkedHashMap<>(jwt.claims());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(jwt.life()).getEpochSecond());
        claims.putIfAbsent("jti", UUID.randomUUID().toString());
        Secret made = jwt.signer().sign(new dev.mortise.api.token.Jwt(jwt.header(), claims));
        wire.concealPassing(made.reveal());
        return made;
    }

    /// The same call to the host of the tenant, if the grant named one.
    private Message moved(Message call, Optional<Token> token) {
        String told = token.map(held -> held.told().getOrDefault(LoginGrant.BASE, "")).orElse("");
        if (told.isEmpty()) {
            return call;
        }
        URI to = URI.create(told);
        if (Uris.sameOrigin(to, call.uri()) && !Uris.sameOrigin(to, access.base())) {
            return call;
        }
        String root = path(access.base());
        String rest =
                call.rawPath().startsWith(root)
                        ? call.rawPath().substring(root.length())
                        : call.rawPath();
        String path = path(to) + (rest.startsWith("/") || rest.isEmpty() ? rest : "/" + rest);
        return new Message(
                call.method(),
                to.getScheme(),
                to.getRawAuthority(),
                path,
                call.rawQuery(),
                call.headers(),
                call.body());
    }

    private static String path(URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /// Replaces what a call was refused with.
    ///
    /// @return whether there is something else to try it with
    public boolean renew(Signed refused, Answer answer) {
        boolean guarded = answer.header("x-csrf-token").orElse("").equalsIgnoreCase("required");
        if (csrf.isPresent() && guarded) {
            csrf.get().forget(refused.call());
            return true;
        }
        if (digest.isPresent()) {
            boolean bare =
                    refused.call().headers().stream()
                            .noneMatch(h -> h.name().equalsIgnoreCase("Authorization"));
            return digest.get()
                    .learn(answer.headers().getOrDefault("www-authenticate", List.of()), bare);
        }
        if (broker.isEmpty() || refused.token().isEmpty()) {
            return false;
        }
        broker.get().renew(refused.token().get());
        return true;
    }

    /// The body of an answer verified and opened, as `sign` says.
    public byte[] received(Answer answer, String resource) {
        return access.sign().isEmpty()
                ? answer.body()
                : access.sign().get().received(answer, resource, clock);
    }

    private static String pair(Auth.Basic basic) {
        return basic.user() + ":" + basic.password().reveal();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
