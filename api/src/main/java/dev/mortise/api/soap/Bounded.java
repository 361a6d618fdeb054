package dev.mortise.api.soap;

import dev.mortise.api.page.CountedStream;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.InputStream;

/// A stream that is refused when it goes on for too long.
final class Bounded {
    private Bounded() {}

    static InputStream of(InputStream in, long bytesMax) {
        return CountedStream.bounded(
                in,
                bytesMax,
                () -> {
                    throw ProblemException.of(
                            ProblemCode.LIMIT_EXCEEDED,
                            "an answer holds at most %d bytes, this one has more"
                                    .formatted(bytesMax),
                            "ask for fewer records at a time");
                });
    }
}
