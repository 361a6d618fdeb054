package dev.mortise.server.access;

import dev.mortise.server.web.Language;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/// The session's cookie: out of reach of scripts and of other sites.
final class Cookies {
    static final String SESSION = "mortise_session";
    private static final int AGENT_MAX = 200;

    private Cookies() {}

    static Optional<String> session(HttpServletRequest request) {
        return find(request, SESSION);
    }

    static Optional<String> find(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(Cookie::getValue)
                        .findFirst();
    }

    static void begin(HttpServletRequest request, HttpServletResponse response, String secret) {
        set(request, response, secret, LoginSessionStore.LIFE.toSeconds());
    }

    static void end(HttpServletRequest request, HttpServletResponse response) {
        set(request, response, "", 0);
    }

    private static void set(
            HttpServletRequest request, HttpServletResponse response, String secret, long seconds) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(SESSION, secret)
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Strict")
                        .path("/")
                        .maxAge(seconds)
                        .build()
                        .toString());
    }

    static Login.From from(HttpServletRequest request) {
        String agent = Objects.requireNonNullElse(request.getHeader(HttpHeaders.USER_AGENT), "");
        return new Login.From(
                request.getRemoteAddr(),
                agent.substring(0, Math.min(agent.length(), AGENT_MAX)),
                request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null
                        ? null
                        : Language.of(request));
    }
}
