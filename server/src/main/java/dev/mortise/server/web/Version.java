package dev.mortise.server.web;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// The version of a thing, which a change names so that it overwrites nothing unseen (RFC 9110
// §13).
public final class Version {
    private Version() {}

    public static String etag(long revision) {
        return "\"" + revision + "\"";
    }

    /// That a change found the version it was made of: between reading and writing, somebody else
    /// may have been faster.
    ///
    /// @throws ProblemException VERSION_STALE
    public static void demandFound(boolean found, long revision) {
        if (!found) {
            demand(etag(revision), revision + 1);
        }
    }

    /// @param ifMatch the header, null when it was not sent
    /// @throws ProblemException VERSION_REQUIRED or VERSION_STALE
    public static void demand(@Nullable String ifMatch, long revision) {
        if (ifMatch == null) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.VERSION_REQUIRED,
                            "expected the header If-Match with the version you have seen",
                            "read it first and send its ETag back"));
        }
        if (!ifMatch.equals("*") && !ifMatch.equals(etag(revision))) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.VERSION_STALE,
                            "expected version %s, got %s: somebody has changed it meanwhile"
                                    .formatted(etag(revision), ifMatch),
                            "read it again, compare, and save on top of it"));
        }
    }
}
