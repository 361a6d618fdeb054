package dev.mortise.testkit.vendor.office;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;

/// The tokens a vendor has given out. Safe for threads.
final class Grants {
    private static final int KEPT_MAX = 1_000;

    /// @param usable from when on the vendor knows it everywhere
    record Grant(String token, String refresh, Instant usable, Instant end) {}

    enum Standing {
        GOOD,
        UNKNOWN,
        EARLY,
        EXPIRED
    }

    private final InstantSource clock;
    private final Duration life;
    private final Duration delay;
    private final SecureRandom random = new SecureRandom();
    private final Deque<Grant> grants = new ArrayDeque<>();

    /// @param delay how long a new token is not known everywhere yet
    Grants(InstantSource clock, Duration life, Duration delay) {
        this.clock = clock;
        this.life = life;
        this.delay = delay;
    }

    synchronized Grant grant() {
        Instant now = clock.instant();
        Grant grant = new Grant(word(), word(), now.plus(delay), now.plus(life));
        grants.addFirst(grant);
        if (grants.size() > KEPT_MAX) {
            grants.removeLast();
        }
        return grant;
    }

    synchronized Standing standing(String token) {
        Optional<Grant> found = find(token);
        if (found.isEmpty()) {
            return Standing.UNKNOWN;
        }
        Instant now = clock.instant();
        if (now.isBefore(found.get().usable())) {
            return Standing.EARLY;
        }
        return now.isBefore(found.get().end()) ? Standing.GOOD : Standing.EXPIRED;
    }

    /// A new token for one that has not ended yet; both tokens of the old pair end with it.
    synchronized Optional<Grant> renew(String token, String refresh) {
        Optional<Grant> old =
                find(token)
                        .filter(grant -> grant.refresh().equals(refresh))
                        .filter(grant -> clock.instant().isBefore(grant.end()));
        old.ifPresent(grants::remove);
        return old.map(_ -> grant());
    }

    /// Ends every token at once, as an administrator does who resets the application.
    synchronized void revoke() {
        grants.clear();
    }

    private Optional<Grant> find(String token) {
        return grants.stream().filter(grant -> grant.token().equals(token)).findFirst();
    }

    private String word() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
