package dev.mortise.api.auth;

import dev.mortise.api.egress.Uris;
import dev.mortise.api.token.Pkce;
import dev.mortise.api.token.TokenBroker;
import dev.mortise.api.token.TokenState;
import dev.mortise.spi.option.Secret;

/// A person's letting a connection into a system, once (RFC 6749 section 4.1 with RFC 7636).
public final class Consent {
    private final OAuthPlan plan;
    private final OAuthPlan.Flow.Code page;
    private final OAuthGrant grant;
    private final TokenBroker broker;

    Consent(OAuthPlan plan, OAuthPlan.Flow.Code page, OAuthGrant grant, TokenBroker broker) {
        this.plan = plan;
        this.page = page;
        this.grant = grant;
        this.broker = broker;
    }

    /// Where the person goes.
    ///
    /// @param back where the person is sent back to
    public String page(String back, String state, Pkce pkce) {
        String endpoint = Uris.with(page.authorizeUrl(), page.params()).toString();
        return pkce.authorizationUrl(endpoint, plan.client().id(), back, plan.scopes(), state);
    }

    /// Trades the code the person came back with, and keeps what it gives.
    public void accept(Secret code, String back, Pkce pkce) {
        var _ = broker.accept(grant.trade(code, back, pkce));
    }

    /// What is kept.
    public TokenState kept() {
        return broker.kept();
    }

    public void forget() {
        broker.forget();
    }
}
