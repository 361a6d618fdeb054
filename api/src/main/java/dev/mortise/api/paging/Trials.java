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

    /// Proven by a process before, which this one has not confirmed yet.
    private static final int REMEMBERED = -2;

    private final Proofs proofs;
    private final Map<String, Trial> trials = new ConcurrentHashMap<>();

    /// @param path under which a proof is kept for later processes; empty for none
    /// @param refused calls in a row from the first on, or what proves the path
    private record Trial(String path, AtomicInteger refused) {}

    /// @param proofs of what led somewhere before
    public Trials(Proofs proofs) {
        this.proofs = proofs;
    }

    /// Counts the calls of a resource from now on, unless they are counted already. What was not
    /// begun here is not judged: a run that comes back may begin with those that have nothing.
    public void begin(String resource) {
        trials.putIfAbsent(resource, new Trial("", new AtomicInteger()));
    }

    /// Like [#begin], for calls that cannot tell whether they are the first: what led somewhere
    /// within the last day, in another process perhaps, is proven.
    ///
    /// @param path the template with all that is in front of it
    public void resume(String resource, String path) {
        trials.computeIfAbsent(
                resource,
                _ -> new Trial(path, new AtomicInteger(proofs.has(path) ? REMEMBERED : 0)));
    }

    /// A call has come to something: from now on all may be refused.
    public void answered(String resource) {
        Trial trial = trials.get(resource);
        if (trial == null) {
            return;
        }
        boolean news = trial.refused.getAndSet(PROVEN) != PROVEN;
        if (news && !trial.path.isEmpty()) {
            proofs.note(trial.path);
        }
    }

    /// A call was told that there is no such thing.
    ///
    /// @param path the template, with its holes
    /// @param otherwise what to do when there really is nothing
    /// @throws ProblemException DATASET_MISSING when that is what all of the first calls were told
    public void refused(String resource, String path, String otherwise) {
        Trial trial = trials.get(resource);
        if (trial == null) {
            return;
        }
        int now = trial.refused.updateAndGet(before -> before < 0 ? before : before + 1);
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
