package dev.mortise.testkit.live;

import org.jspecify.annotations.Nullable;

/// A local server could not be unpacked, started or stopped. The message ends with the fix, or with
/// the last lines of the server's log.
public final class LocalServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LocalServerException(String message) {
        this(message, null);
    }

    LocalServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
