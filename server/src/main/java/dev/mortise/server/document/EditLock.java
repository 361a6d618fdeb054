package dev.mortise.server.document;

import java.time.Duration;
import java.time.Instant;

/// Who edits a document right now. It ends by itself unless its holder renews it.
///
/// @param holder the login name
public record EditLock(String holder, String holderId, Instant until) {
    static final Duration TIME = Duration.ofSeconds(60);
}
