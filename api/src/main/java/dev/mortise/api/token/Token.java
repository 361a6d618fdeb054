package dev.mortise.api.token;

import dev.mortise.spi.option.Secret;
import java.time.Instant;
import java.util.Map;

/// A token as callers get it. Its serial, not its value, says which of two is newer: some vendors
/// give the same value again.
///
/// @param serial counts the grants of a connection; never goes back
/// @param usableAt from when on the vendor accepts it
/// @param refreshAt from when on a new one is asked for, while this one still holds
/// @param expiresAt when it ends, by our clock
/// @param told what else the grant said, such as the host of the tenant; no secrets
public record Token(
        long serial,
        Secret value,
        Instant usableAt,
        Instant refreshAt,
        Instant expiresAt,
        Map<String, String> told) {
    public Token {
        told = Map.copyOf(told);
    }

    boolean fresh(Instant now) {
        return now.isBefore(refreshAt);
    }

    boolean alive(Instant now) {
        return now.isBefore(expiresAt);
    }
}
