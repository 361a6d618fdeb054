package dev.mortise.testkit.vendor.office;

import dev.mortise.testkit.vendor.Asked;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// The sessions and the CSRF token of each: a token is good only with the cookie it came with.
final class SapSessions {
    static final String COOKIE = "SAP_SESSIONID_S4H_100";
    private static final Duration LIFE = Duration.ofMinutes(30);
    private static final int SESSIONS_MAX = 1_000;

    private record Session(String token, Instant end) {}

    /// What a new session sends along.
    record Opened(String cookie, String token) {}

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private int lossesDue;

    SapSessions(InstantSource clock) {
        this.clock = clock;
    }

    /// The next so many writes are refused as if another server had received them.
    synchronized void lose(int writes) {
        lossesDue = writes;
    }

    synchronized Opened open(Asked asked) {
        String id = cookie(asked);
        Session known = sessions.get(id);
        if (known != null && clock.instant().isBefore(known.end())) {
            return new Opened(id, known.token());
        }
        if (sessions.size() >= SESSIONS_MAX) {
            sessions.remove(sessions.keySet().iterator().next());
        }
        Session session = new Session(word(), clock.instant().plus(LIFE));
        String fresh = word();
        sessions.put(fresh, session);
        return new Opened(fresh, session.token());
    }

    /// The rule a write breaks; empty when its token and its cookie belong together.
    synchronized String refusal(Asked asked) {
        if (lossesDue > 0) {
            lossesDue--;
            sessions.remove(cookie(asked));
            return "csrf-session-lost";
        }
        String token = asked.header("x-csrf-token");
        if (token.isEmpty() || token.equalsIgnoreCase("fetch")) {
            return "csrf-missing";
        }
        Session session = sessions.get(cookie(asked));
        if (session == null || !session.token().equals(token)) {
            return "csrf-cookie";
        }
        return clock.instant().isBefore(session.end()) ? "" : "csrf-expired";
    }

    private static String cookie(Asked asked) {
        for (String pair : asked.header("cookie").split(";", -1)) {
            String stripped = pair.strip();
            if (stripped.startsWith(COOKIE + "=")) {
                return stripped.substring(COOKIE.length() + 1);
            }
        }
        return "";
    }

    private String word() {
        byte[] bytes = new byte[18];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
