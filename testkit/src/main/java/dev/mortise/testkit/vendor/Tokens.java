package dev.mortise.testkit.vendor;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Tokens or sessions of a vendor that grants one at a time.
public final class Tokens {
    private static final int TOKENS_MAX = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final InstantSource clock;
    private final Duration life;
    private final AtomicBoolean granting = new AtomicBoolean();
    private final Map<String, Instant> until = new LinkedHashMap<>();
    private String latest = "";

    public Tokens(InstantSource clock, Duration life) {
        this.clock = clock;
        this.life = life;
    }

    /// A text nobody can guess.
    public static String random() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// The token of now: the same as before while it lives. Empty while another grant is under way.
    public Optional<String> grant() {
        if (!granting.compareAndSet(false, true)) {
            return Optional.empty();
        }
        try {
            // Long enough that two callers who do not wait for each other are noticed.
            Thread.sleep(Duration.ofMillis(5));
            return Optional.of(current());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            granting.set(false);
        }
    }

    private synchronized String current() {
        if (!isValid(latest)) {
            latest = random();
            until.put(latest, clock.instant().plus(life));
            if (until.size() > TOKENS_MAX) {
                until.remove(until.keySet().iterator().next());
            }
        }
        return latest;
    }

    public synchronized boolean isValid(String token) {
        Instant end = until.get(token);
        return end != null && clock.instant().isBefore(end);
    }

    /// What is left of the token's life, in whole seconds.
    public synchronized long secondsLeft(String token) {
        Instant end = until.getOrDefault(token, clock.instant());
        return Duration.between(clock.instant(), end).toSeconds();
    }
}
