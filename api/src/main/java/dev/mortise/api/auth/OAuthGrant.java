package dev.mortise.api.auth;

import dev.mortise.api.auth.OAuthPlan.Flow;
import dev.mortise.api.auth.Wire.Heard;
import dev.mortise.api.recipe.Message;
import dev.mortise.api.token.Ask;
import dev.mortise.api.token.Client;
import dev.mortise.api.token.Grant;
import dev.mortise.api.token.GrantAnswer;
import dev.mortise.api.token.GrantRequest;
import dev.mortise.api.token.Granted;
import dev.mortise.api.token.Jwt;
import dev.mortise.api.token.Pkce;
import dev.mortise.spi.option.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Asks an OAuth 2 server for a token.
record OAuthGrant(OAuthPlan plan, Wire wire, InstantSource clock) implements Grant {
    private static final Duration ASSERTION_LIFE = Duration.ofMinutes(5);

    @Override
    public Granted ask(Ask ask) {
        return send(request(ask), "check 'client_id', 'client_secret' and 'scope' of 'auth'");
    }

    /// Trades the code a person came back with.
    ///
    /// @param back where the person came back to, as the page was told
    Granted trade(Secret code, String back, Pkce pkce) {
        wire.conceal(code.reveal());
        wire.conceal(pkce.verifier().reveal());
        return send(
                GrantRequest.authorizationCode(client(), code, back, pkce),
                ("consent once more: a code is good once and for minutes; if it stays, check"
                                + " 'client_id' and 'client_secret' of 'auth', and that the system"
                                + " knows the address '%s'")
                        .formatted(back));
    }

    private Granted send(GrantRequest asked, String fix) {
        GrantRequest request = asked;
        for (Map.Entry<String, String> field : plan.params().entrySet()) {
            request = request.with(field.getKey(), field.getValue());
        }
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        headers.putAll(plan.headers());
        Message call = Message.request("POST", plan.tokenUrl(), headers, request.body());
        Heard heard = wire.send(call);
        GrantRefused.check(wire, call, heard, fix);
        Granted granted = GrantAnswer.OAUTH.parse(heard.answer().body(), clock.instant());
        granted.refreshToken().ifPresent(token -> wire.conceal(token.reveal()));
        return granted;
    }

    /// The client with its proof as of now.
    private Client client() {
        if (plan.proof().isEmpty()) {
            return plan.client();
        }
        OAuthPlan.Proof proof = plan.proof().get();
        String id = plan.client().id();
        Secret assertion = proof.signer().sign(assertion(id, id, proof.audience()));
        wire.conceal(assertion.reveal());
        return new Client.Signed(id, assertion);
    }

    private Jwt assertion(String issuer, String subject, String audience) {
        String id = UUID.randomUUID().toString();
        return Jwt.assertion(issuer, subject, audience, clock.instant(), ASSERTION_LIFE, id);
    }

    private GrantRequest request(Ask ask) {
        Client client = client();
        if (ask instanceof Ask.Refresh(var token, _, _)) {
            wire.conceal(token.reveal());
            // A person may have consented to less than was asked for: the scopes stay theirs.
            boolean consented = plan.flow() instanceof Flow.Code;
            return GrantRequest.refresh(client, token, consented ? List.of() : plan.scopes());
        }
        return switch (plan.flow()) {
            case Flow.Code _ -> throw new IllegalStateException("a person begins this grant");
            case Flow.ClientCredentials _ -> GrantRequest.clientCredentials(client, plan.scopes());
            case Flow.Refresh(var first) -> GrantRequest.refresh(client, first, plan.scopes());
            case Flow.JwtBearer jwt -> jwtBearer(jwt, client);
            case Flow.Exchange(var subject, var type) ->
                    GrantRequest.tokenExchange(client, subject, type, plan.scopes());
        };
    }

    private GrantRequest jwtBearer(Flow.JwtBearer jwt, Client client) {
        Secret assertion =
                jwt.signer().sign(assertion(jwt.issuer(), jwt.subject(), jwt.audience()));
        wire.conceal(assertion.reveal());
        return jwt.named()
                ? GrantRequest.jwtBearer(client, assertion, plan.scopes())
                : GrantRequest.jwtBearer(assertion, plan.scopes());
    }
}
