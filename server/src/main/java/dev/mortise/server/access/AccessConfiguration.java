package dev.mortise.server.access;

import dev.mortise.server.token.ApiTokenStore;
import dev.mortise.server.web.Failures;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;

@Configuration(proxyBeanMethods = false)
class AccessConfiguration {
    private static final String CONTENT_POLICY =
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline';"
                    + " worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none';"
                    + " form-action 'self'; object-src 'none'";
    private static final String FEATURES =
            "camera=(), microphone=(), geolocation=(), payment=(), usb=()";

    /// Who may call what stands on the routes; here is only who calls, and what protects browsers.
    @Bean
    SecurityFilterChain chain(
            HttpSecurity http, CallerFilter callers, OidcChain oidc, Failures.Writer failures) {
        return http.authorizeHttpRequests(all -> all.anyRequest().permitAll())
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AccessConfiguration::protect)
                .formLogin(form -> form.disable())
                .httpBasic(basic -> basic.disable())
                .logout(logout -> logout.disable())
                .anonymous(anonymous -> anonymous.disable())
                .requestCache(cache -> cache.disable())
                .oauth2Login(oidc::configure)
                .exceptionHandling(
                        all ->
                                all.accessDeniedHandler(
                                                (request, response, e) ->
                                                        failures.write(
                                                                request,
                                                                response,
                                                                Failures.refused()))
                                        .authenticationEntryPoint(
                                                (request, response, e) ->
                                                        failures.write(
                                                                request,
                                                                response,
                                                                Failures.refused())))
                .headers(AccessConfiguration::shield)
                .addFilterBefore(callers, UsernamePasswordAuthenticationFilter.class)
                .build();
    }

    private static void shield(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                .referrerPolicy(to -> to.policy(ReferrerPolicy.SAME_ORIGIN))
                .crossOriginOpenerPolicy(
                        to ->
                                to.policy(
                                        CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy
                                                .SAME_ORIGIN))
                .crossOriginResourcePolicy(
                        to ->
                                to.policy(
                                        CrossOriginResourcePolicyHeaderWriter
                                                .CrossOriginResourcePolicy.SAME_ORIGIN))
                .addHeaderWriter(new StaticHeadersWriter("Permissions-Policy", FEATURES));
    }

    private static void protect(CsrfConfigurer<HttpSecurity> csrf) {
        CookieCsrfTokenRepository cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
        cookie.setCookieCustomizer(all -> all.sameSite("Strict").path("/"));
        csrf.spa()
                .csrfTokenRepository(cookie)
                // Each request signs its caller in anew, and with the default each would change the
                // token: of two requests at once, one would be refused.
                .sessionAuthenticationStrategy(new NullAuthenticatedSessionStrategy())
                .ignoringRequestMatchers(CallerFilter::hasToken);
    }

    /// Spring's own would follow a provider's keys wherever it is redirected to.
    @Bean
    JwtDecoderFactory<ClientRegistration> decoders() {
        return OidcChain::decoder;
    }

    @Bean
    CallerFilter callers(
            LoginSessionStore sessions,
            PersonStore people,
            ApiTokenStore tokens,
            Failures.Writer failures) {
        return new CallerFilter(sessions, people, tokens, failures);
    }

    /// It belongs to the chain above, and not beside it too.
    @Bean
    FilterRegistrationBean<CallerFilter> callersOnlyInTheChain(CallerFilter callers) {
        FilterRegistrationBean<CallerFilter> registration = new FilterRegistrationBean<>(callers);
        registration.setEnabled(false);
        return registration;
    }

    /// Keeps Spring from making up a user of its own.
    @Bean
    UserDetailsService nobody() {
        return name -> {
            throw new UsernameNotFoundException(name);
        };
    }
}
