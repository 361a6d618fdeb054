package dev.mortise.server.access;

import static java.util.Objects.requireNonNullElse;

import dev.mortise.server.outgoing.Outgoing;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.stereotype.Component;

/// Providers as Spring wants to know them. What a provider tells of itself is asked for once in a
/// while; our settings count at once.
@Component
final class OidcRegistrations implements ClientRegistrationRepository {
    private static final Logger LOG = LoggerFactory.getLogger(OidcRegistrations.class);
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final String CONFIGURATION = "/.well-known/openid-configuration";
    private static final ParameterizedTypeReference<Map<String, Object>> TOLD =
            new ParameterizedTypeReference<>() {};

    private final ProviderStore providers;
    private final ProviderDesk desk;

    /// At most as many as there are providers.
    private final ConcurrentHashMap<String, Told> told = new ConcurrentHashMap<>();

    OidcRegistrations(ProviderStore providers, ProviderDesk desk) {
        this.providers = providers;
        this.desk = desk;
    }

    private record Told(int version, Instant at, ClientRegistration registration) {}

    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        Provider provider = providers.find(id).filter(Provider::enabled).orElse(null);
        if (provider == null || !(provider.settings() instanceof Provider.Oidc oidc)) {
            told.remove(id);
            return null;
        }
        Told known = told.get(id);
        Instant now = Instant.now();
        if (known != null
                && known.version() == provider.version()
                && known.at().isAfter(now.minus(FRESH))) {
            return known.registration();
        }
        try {
            ClientRegistration asked = ask(provider, oidc);
            told.put(id, new Told(provider.version(), now, asked));
            return asked;
        } catch (RuntimeException e) {
            LOG.warn("provider unreachable provider={} cause={}", id, e.getClass().getSimpleName());
            return null;
        }
    }

    /// Where a provider sends people to sign in, as it says itself, now.
    ///
    /// @throws RuntimeException when it cannot be asked, or answers something else
    String reach(Provider provider, Provider.Oidc oidc) {
        return requireNonNullElse(
                ask(provider, oidc).getProviderDetails().getAuthorizationUri(), oidc.issuer());
    }

    private ClientRegistration ask(Provider provider, Provider.Oidc oidc) {
        String secret = desk.secret(provider);
        ClientRegistration found = registration(provider, oidc, secret);
        Outgoing.demand(found.getProviderDetails().getTokenUri());
        Outgoing.demand(found.getProviderDetails().getJwkSetUri());
        Outgoing.demand(found.getProviderDetails().getUserInfoEndpoint().getUri());
        return found;
    }

    /// What the issuer tells of itself, at the address it has to tell it at and nowhere else.
    ///
    /// @throws RuntimeException when it cannot be asked, leads elsewhere, or answers nonsense
    private Map<String, Object> told(String issuer) {
        String address = issuer.replaceAll("/$", "") + CONFIGURATION;
        ResponseEntity<Map<String, Object>> answer =
                Outgoing.template().exchange(URI.create(address), HttpMethod.GET, null, TOLD);
        Map<String, Object> told = answer.getBody();
        if (answer.getStatusCode().value() != 200
                || told == null
                || !issuer.equals(told.get("issuer"))) {
            throw new IllegalStateException(
                    "expected the configuration of '%s', got status %d"
                            .formatted(issuer, answer.getStatusCode().value()));
        }
        return told;
    }

    private ClientRegistration registration(Provider provider, Provider.Oidc oidc, String secret) {
        return ClientRegistrations.fromOidcConfiguration(told(oidc.issuer()))
                .registrationId(provider.id())
                .clientId(oidc.clientId())
                .clientSecret(secret)
                .clientAuthenticationMethod(
                        secret.isEmpty()
                                ? ClientAuthenticationMethod.NONE
                                : ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .scope(("openid " + oidc.scope()).strip().split("\\s+"))
                .redirectUri("{baseUrl}" + OidcChain.CALLBACK + "/{registrationId}")
                .userNameAttributeName("sub")
                .build();
    }
}
