package dev.mortise.api.paging;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Whether paths that are filled with one value after the other lead anywhere. A path that is
/// mistyped would otherwise look like so many records without children. Used by many threads.
public final class Trials {
    /// Calls that may come to nothing before any of the same path has come to something.
    public static final int REFUSED_MAX = 20;

    private static final int PROVEN = -1;

    private final Map<String, AtomicInteger> refused = new ConcurrentHashMap<>();

    /// Counts the calls of a resource from now on, unless they are counted already. What was not
    /// begun here is not judged: a run that comes back may begin with those that have nothing.
    public void begin(String resource) {
        refused.putIfAbsent(resource, new AtomicInteger());
    }

    /// A call has come to something: from now on all may be refused.
    public void answered(String resource) {
        AtomicInteger count = refused.get(resource);
        if (count != null) {
            count.set(PROVEN);
        }
    }

    /// A call was told that there is no such thing.
    ///
    /// @param path the template, with its holes
    /// @param otherwise what to do when there really is nothing
    /// @throws ProblemException DATASET_MISSING when that is what all of the first calls were told
    public void refused(String resource, String path, String otherwise) {
        AtomicInteger count = refused.get(resource);
        if (count == null) {
            return;
        }
        int now = count.updateAndGet(before -> before == PROVEN ? PROVEN : before + 1);
        if (now >= REFUSED_MAX) {
            throw ProblemException.of(
                    ProblemCode.DATASET_MISSING,
                    "expected something at '%s' of resource '%s', but each of the first %d calls"
                                    .formatted(path, resource, REFUSED_MAX)
                            + " was told that there is no such thing",
                    "check the path and the values that fill it; " + otherwise);
        }
    }
}
