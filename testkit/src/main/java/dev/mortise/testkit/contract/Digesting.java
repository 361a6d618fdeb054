package dev.mortise.testkit.contract;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.Digests;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Verifies;
import dev.mortise.spi.digest.CanonicalColumn;
import dev.mortise.spi.digest.Digest;
import dev.mortise.spi.digest.DigestForm;
import dev.mortise.spi.digest.Hashing;
import dev.mortise.spi.digest.RowDigest;
import dev.mortise.spi.type.Scalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Computes the checksums that [VerifiesContract] compares: those of a system, part by part, and
/// the same here.
final class Digesting {
    static final List<CanonicalColumn> ID = List.of(new CanonicalColumn("id", Scalar.INT64));
    static final int BUCKETS = 16;

    private Digesting() {}

    /// What is computed here; empty for a form of the system's own.
    static Optional<List<Digest>> reference(
            DigestForm form, List<Batch> rows, List<CanonicalColumn> columns) {
        if (!Set.of(DigestForm.CANONICAL, DigestForm.PLAIN).contains(form)) {
            return Optional.empty();
        }
        Hashing hashing = new Hashing(columns, ID, BUCKETS);
        RowDigest digest = new RowDigest(form, rows.getFirst().schema(), hashing);
        rows.forEach(digest::add);
        return Optional.of(digest.digests());
    }

    /// The sums over all parts, in every form of the system.
    static Map<DigestForm, List<Digest>> of(
            ConnectorFixture fixture,
            String dataset,
            List<CanonicalColumn> columns,
            Optional<Predicate> filter,
            long rowsMax) {
        try (Connector connector = fixture.open()) {
            var described = ((Reads) connector).describe(dataset);
            Hashing hashing = new Hashing(columns, ID, BUCKETS);
            Digests digests = ((Verifies) connector).digests(described, hashing, filter);
            Map<DigestForm, List<Digest>> found = new LinkedHashMap<>();
            for (DigestForm form : digests.costs().keySet()) {
                found.put(form, summed(digests, form, rowsMax));
            }
            return found;
        }
    }

    private static List<Digest> summed(Digests digests, DigestForm form, long rowsMax) {
        List<Digest> sums = new ArrayList<>(Collections.nCopies(BUCKETS, Digest.NONE));
        for (Range part : digests.parts(rowsMax)) {
            List<Digest> some = digests.compute(form, part);
            for (int i = 0; i < BUCKETS; i++) {
                sums.set(i, sums.get(i).plus(some.get(i)));
            }
        }
        return sums;
    }

    /// All buckets as one, as if both rows had fallen into it.
    static Map<DigestForm, List<Digest>> whole(Map<DigestForm, List<Digest>> digests) {
        Map<DigestForm, List<Digest>> whole = new LinkedHashMap<>();
        digests.forEach(
                (form, found) ->
                        whole.put(form, List.of(found.stream().reduce(Digest.NONE, Digest::plus))));
        return whole;
    }
}
