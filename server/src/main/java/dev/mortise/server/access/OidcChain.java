package dev.mortise.server.access;

import dev.mortise.server.outgoing.Outgoing;
import dev.mortise.server.store.Database;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestTemplate;

/// Login with OpenID Connect (code flow with state, nonce and PKCE).
///
/// ```
/// /api/oidc/start/{id} ─► provider ─► /api/oidc/callback/{id} ─► a session like any other
/// ```
@Component
final class OidcChain {
    static final String PATH = "/api/oidc";
    static final String START = PATH + "/start";
    static final String CALLBACK = PATH + "/callback";

    private final Database database;
    private final OidcRegistrations registrations;
    private final OidcAttempts attempts;
    private final ProviderDesk desk;
    private final Login login;

    OidcChain(
            Database database,
            OidcRegistrations registrations,
            OidcAttempts attempts,
            ProviderDesk desk,
            Login login) {
        this.database = database;
        this.registrations = registrations;
        this.attempts = attempts;
        this.desk = desk;
        this.login = login;
    }

    void configure(OAuth2LoginConfigurer<HttpSecurity> oauth2) {
        DefaultOAuth2AuthorizationRequestResolver resolver =
                new DefaultOAuth2AuthorizationRequestResolver(registrations, START);
        resolver.setAuthorizationRequestCustomizer(
                OAuth2AuthorizationRequestCustomizers.withPkce());
        oauth2.clientRegistrationRepository(registrations)
                .authorizedClientRepository(new Forgetful())
                .loginPage("/login")
                .loginProcessingUrl(CALLBACK + "/*")
                .authorizationEndpoint(
                        start ->
                                start.authorizationRequestResolver(new Known(resolver))
                                        .authorizationRequestRepository(attempts))
                .tokenEndpoint(token -> token.accessTokenResponseClient(tokens()))
                .userInfoEndpoint(user -> user.oidcUserService(people()))
                .successHandler(this::succeeded)
                .failureHandler(
                        (request, response, e) -> refused(response, ProblemCode.LOGIN_REFUSED));
    }

    private static RestClientAuthorizationCodeTokenResponseClient tokens() {
        var converter = new OAuth2AccessTokenResponseHttpMessageConverter();
        var client = new RestClientAuthorizationCodeTokenResponseClient();
        client.setRestClient(
                Outgoing.client()
                        .configureMessageConverters(
                                all -> all.registerDefaults().addCustomConverter(converter))
                        .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                        .build());
        return client;
    }

    private static OidcUserService people() {
        RestTemplate rest = Outgoing.template();
        rest.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        DefaultOAuth2UserService plain = new DefaultOAuth2UserService();
        plain.setRestOperations(rest);
        OidcUserService people = new OidcUserService();
        people.setOauth2UserService(plain);
        return people;
    }

    /// Checks the tokens that say who somebody is. Signed with RS256, as every provider can.
    static JwtDecoder decoder(ClientRegistration provider) {
        NimbusJwtDecoder decoder =
                NimbusJwtDecoder.withJwkSetUri(
                                Objects.requireNonNull(
                                        provider.getProviderDetails().getJwkSetUri()))
                        .jwsAlgorithm(SignatureAlgorithm.RS256)
                        .restOperations(Outgoing.template())
                        .build();
        decoder.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(
                        new JwtTimestampValidator(), new OidcIdTokenValidator(provider)));
        decoder.setClaimSetConverter(
                new ClaimTypeConverter(
                        OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
        return decoder;
    }

    private void succeeded(
            HttpServletRequest request, HttpServletResponse response, Authentication known)
            throws IOException {
        if (!(known instanceof OAuth2AuthenticationToken token)
                || !(token.getPrincipal() instanceof OidcUser user)) {
            refused(response, ProblemCode.LOGIN_REFUSED);
            return;
        }
        try {
            Provider provider = desk.demand(token.getAuthorizedClientRegistrationId());
            if (!(provider.settings() instanceof Provider.Oidc oidc)) {
                refused(response, ProblemCode.LOGIN_REFUSED);
                return;
            }
            Login.From from = Cookies.from(request);
            Person person = desk.person(provider, identity(oidc, user), from.ip());
            if (person.disabled()) {
                refused(response, ProblemCode.LOGIN_REFUSED);
                return;
            }
            Login.Begun begun = database.write(dsl -> login.begin(dsl, person, from));
            Cookies.begin(request, response, begun.secret());
            response.sendRedirect("/");
        } catch (ProblemException e) {
            refused(response, e.problem().code());
        }
    }

    private static Provider.Identity identity(Provider.Oidc oidc, OidcUser user) {
        Object groups = user.getClaims().get(oidc.groupsClaim());
        return new Provider.Identity(
                Objects.requireNonNull(user.getSubject()),
                Objects.requireNonNullElse(user.getClaimAsString(oidc.nameClaim()), ""),
                Objects.requireNonNullElse(user.getFullName(), ""),
                groups instanceof List<?> list
                        ? list.stream().map(String::valueOf).toList()
                        : List.of());
    }

    private static void refused(HttpServletResponse response, ProblemCode code) throws IOException {
        response.sendRedirect("/login?refused=" + code);
    }

    /// A provider that is not set up or does not answer is none: there is nothing at its address.
    private final class Known implements OAuth2AuthorizationRequestResolver {
        private final OAuth2AuthorizationRequestResolver next;

        Known(OAuth2AuthorizationRequestResolver next) {
            this.next = next;
        }

        @Override
        public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
            String path = request.getRequestURI();
            String id = path.substring(path.lastIndexOf('/') + 1);
            boolean isKnown =
                    path.startsWith(START + "/") && registrations.findByRegistrationId(id) != null;
            return isKnown ? next.resolve(request) : null;
        }

        @Override
        public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String id) {
            return next.resolve(request, id);
        }
    }

    /// We sign people in and call nothing in their name: a provider's tokens are not kept.
    private static final class Forgetful implements OAuth2AuthorizedClientRepository {
        // The signature is Spring's.
        @SuppressWarnings("TypeParameterUnusedInFormals")
        @Override
        public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
                String id, Authentication principal, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication principal,
                HttpServletRequest request,
                HttpServletResponse response) {}

        @Override
        public void removeAuthorizedClient(
                String id,
                Authentication principal,
                HttpServletRequest request,
                HttpServletResponse response) {}
    }
}
