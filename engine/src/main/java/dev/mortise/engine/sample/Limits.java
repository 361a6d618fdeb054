package dev.mortise.engine.sample;

import java.time.Duration;

/// How much is looked at.
///
/// @param rowsMax rows of the result
/// @param readMax rows of each dataset that a step is computed from
/// @param bytesMax bytes of the result, and of what is read of each dataset
/// @param time after which what there is will do
public record Limits(int rowsMax, int readMax, long bytesMax, Duration time) {
    public static final int READ_MAX = 10_000;
    public static final long BYTES_MAX = 32L * 1024 * 1024;

    public static Limits rows(int rowsMax, Duration time) {
        return new Limits(rowsMax, Math.max(READ_MAX, rowsMax), BYTES_MAX, time);
    }
}
