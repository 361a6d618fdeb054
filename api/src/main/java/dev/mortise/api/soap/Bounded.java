package dev.mortise.api.soap;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream that is refused when it goes on for too long.
final class Bounded extends FilterInputStream {
    private final long bytesMax;
    private long left;

    Bounded(InputStream in, long bytesMax) {
        super(in);
        this.bytesMax = bytesMax;
        this.left = bytesMax;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        spend(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int count = super.read(bytes, from, length);
        spend(Math.max(0, count));
        return count;
    }

    private void spend(int count) {
        left -= count;
        if (left < 0) {
            throw ProblemException.of(
                    ProblemCode.LIMIT_EXCEEDED,
                    "an answer holds at most %d bytes, this one has more".formatted(bytesMax),
                    "ask for fewer records at a time");
        }
    }
}
