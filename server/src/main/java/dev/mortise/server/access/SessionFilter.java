package dev.mortise.server.access;

import dev.mortise.server.web.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Reads once who calls, from the session's cookie.
final class SessionFilter extends OncePerRequestFilter {
    static final String COOKIE = "mortise_session";

    private final LoginSessionStore sessions;
    private final PersonStore people;

    SessionFilter(LoginSessionStore sessions, PersonStore people) {
        this.sessions = sessions;
        this.people = people;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        caller(request)
                .ifPresent(
                        caller -> {
                            SecurityContext context = SecurityContextHolder.createEmptyContext();
                            context.setAuthentication(
                                    new UsernamePasswordAuthenticationToken(
                                            caller, null, List.of()));
                            SecurityContextHolder.setContext(context);
                        });
        chain.doFilter(request, response);
    }

    private Optional<Caller> caller(HttpServletRequest request) {
        return secret(request)
                .flatMap(sessions::person)
                .flatMap(people::find)
                .filter(person -> !person.disabled())
                .map(p -> new Caller(p.id(), p.name(), p.grants(), request.getRemoteAddr()));
    }

    static Optional<String> secret(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(COOKIE))
                        .map(Cookie::getValue)
                        .findFirst();
    }
}
