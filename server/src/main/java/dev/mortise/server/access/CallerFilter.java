package dev.mortise.server.access;

import dev.mortise.server.token.ApiToken;
import dev.mortise.server.token.ApiTokenStore;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Failures;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Reads once who calls: from the session's cookie, or from an API token. A request with both is
/// refused, for a browser that carries a session never sends a token by itself.
final class CallerFilter extends OncePerRequestFilter {
    private static final String BEARER = "Bearer ";

    private final LoginSessionStore sessions;
    private final PersonStore people;
    private final ApiTokenStore tokens;
    private final Failures.Writer failures;

    CallerFilter(
            LoginSessionStore sessions,
            PersonStore people,
            ApiTokenStore tokens,
            Failures.Writer failures) {
        this.sessions = sessions;
        this.people = people;
        this.tokens = tokens;
        this.failures = failures;
    }

    /// Whether a token calls, which needs no protection against forged browser requests.
    static boolean hasToken(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) != null;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            session(request).ifPresent(caller -> let(caller, List.of()));
            chain.doFilter(request, response);
            return;
        }
        Problem refused = refusal(request);
        Optional<Caller> caller =
                refused == null ? token(header, request.getRemoteAddr()) : Optional.empty();
        if (caller.isEmpty()) {
            failures.write(request, response, refused == null ? unknown() : refused);
            return;
        }
        let(caller.get(), List.of(new SimpleGrantedAuthority(Caller.TOKEN)));
        chain.doFilter(request, response);
    }

    private static @Nullable Problem refusal(HttpServletRequest request) {
        return Cookies.session(request).filter(secret -> !secret.isEmpty()).isPresent()
                ? Problem.of(
                        ProblemCode.CALL_INVALID,
                        "expected a session or an API token, got both",
                        "send one of them")
                : null;
    }

    private static Problem unknown() {
        return Problem.of(
                ProblemCode.NOT_SIGNED_IN,
                "the API token is unknown or has expired",
                "make another, and send it as 'Authorization: Bearer mt_…'");
    }

    private static void let(Caller caller, List<GrantedAuthority> authorities) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(
                new UsernamePasswordAuthenticationToken(caller, null, authorities));
        SecurityContextHolder.setContext(context);
    }

    private Optional<Caller> session(HttpServletRequest request) {
        return Cookies.session(request)
                .flatMap(sessions::person)
                .flatMap(people::find)
                .filter(person -> !person.disabled())
                .map(p -> new Caller(p.id(), p.name(), p.grants(), request.getRemoteAddr()));
    }

    private Optional<Caller> token(String header, String ip) {
        if (!header.startsWith(BEARER + ApiToken.MARK)) {
            return Optional.empty();
        }
        return tokens.find(header.substring(BEARER.length()))
                .flatMap(
                        token ->
                                people.find(token.owner())
                                        .filter(person -> !person.disabled())
                                        .map(person -> caller(token, person, ip)));
    }

    /// Named after both, so that the audit tells what a person did and what their token did.
    private static Caller caller(ApiToken token, Person person, String ip) {
        String login = person.name() + "/" + token.name();
        return new Caller(person.id(), login, token.grants(person.grants()), ip);
    }
}
