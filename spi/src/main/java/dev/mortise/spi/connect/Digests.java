package dev.mortise.spi.connect;

import dev.mortise.spi.digest.Digest;
import dev.mortise.spi.digest.DigestForm;
import java.util.List;
import java.util.Map;

/// The digests of one dataset, computed where it lies. Equal rows give equal digests in one form,
/// whatever the dataset. Used by several threads at once, each with a part.
public interface Digests {
    /// What it costs to read rows and to hash them here, in the measure of [#costs].
    int READING = 100;

    /// The forms in which the system can say what is to be hashed, and what each costs beside
    /// reading all rows and hashing them here, which is [#READING]. Empty when there is none: then
    /// the rows have to be read.
    Map<DigestForm, Integer> costs();

    /// Cuts the rows into parts that together hold each row once: what is done of them need not be
    /// done again after a crash.
    ///
    /// @param rowsMax about how many rows a part should have at most
    List<Range> parts(long rowsMax);

    /// The digests of a part, one a bucket, in one scan.
    ///
    /// @param form one of [#costs]
    /// @param part may come from an earlier process
    /// @throws dev.mortise.spi.problem.ProblemException SOURCE_CHANGED when the part may no longer
    ///     hold the rows it once did
    List<Digest> compute(DigestForm form, Range part);

    /// Whether a host is this machine, so that rows do not travel over a network to be read.
    static boolean near(String host) {
        return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("::1");
    }
}
