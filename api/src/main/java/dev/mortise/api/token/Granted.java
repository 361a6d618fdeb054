package dev.mortise.api.token;

import dev.mortise.spi.option.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What a grant gave.
///
/// @param expiresAt empty when the answer names no end; then the life of the rules is assumed
/// @param refreshToken empty when the one in hand stays good, or when there is none
/// @param told what else the answer said that calls need, such as the host of the tenant
public record Granted(
        Secret value,
        Optional<Instant> expiresAt,
        Optional<Secret> refreshToken,
        Map<String, String> told) {
    public Granted {
        told = Map.copyOf(told);
    }

    public static Granted of(Secret value, Instant expiresAt) {
        return new Granted(value, Optional.of(expiresAt), Optional.empty(), Map.of());
    }
}
