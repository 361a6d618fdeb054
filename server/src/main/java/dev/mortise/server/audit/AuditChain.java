package dev.mortise.server.audit;

import dev.mortise.server.store.Database;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Walks the chain and tells where it is broken: a changed, missing, added or reordered entry by
/// the hashes, an end that was cut off by the signed head and by the anchors that are kept apart.
@Component
final class AuditChain {
    private static final int CHUNK = 1_000;

    private final Database database;
    private final AuditStore audit;
    private final AuditMarkStore marks;
    private final AuditSeal seal;
    private final AuditAnchors anchors;

    AuditChain(
            Database database,
            AuditStore audit,
            AuditMarkStore marks,
            AuditSeal seal,
            AuditAnchors anchors) {
        this.database = database;
        this.audit = audit;
        this.marks = marks;
        this.seal = seal;
        this.anchors = anchors;
    }

    /// @param entries that are in order, from the first one
    /// @param brokenAt the first number that is missing or whose entry is not what was written
    /// @param because `entry`, `cut`, `added`, `head` or `checkpoint`; null when nothing is broken
    /// @param firstSeq the first number there should be; those before it were removed on purpose
    /// @param lastSeq of the last entry that is in order
    /// @param anchors how many marks kept apart were compared
    record Report(
            long entries,
            boolean ok,
            @Nullable Long brokenAt,
            @Nullable String because,
            long firstSeq,
            long lastSeq,
            String lastHash,
            int anchors) {}

    Report verify() {
        while (true) {
            AuditMark begin = database.read(dsl -> marks.checkpoint(dsl)).orElse(null);
            Report report = new Walk(begin, known()).report();
            // Entries may be removed on purpose meanwhile.
            if (report.ok() || Objects.equals(begin, checkpoint())) {
                return report;
            }
        }
    }

    private @Nullable AuditMark checkpoint() {
        return database.read(dsl -> marks.checkpoint(dsl)).orElse(null);
    }

    /// Signed marks by their number; of two for one number the older, for then the chain was taken
    /// back and went on from there. The head is one of them: entries may be added meanwhile.
    private SortedMap<Long, AuditMark> known() {
        SortedMap<Long, AuditMark> known = new TreeMap<>();
        for (AuditMark anchor : anchors.all()) {
            if (anchor.isGenuine(seal)) {
                known.putIfAbsent(anchor.seq(), anchor);
            }
        }
        database.read(dsl -> marks.head(dsl))
                .ifPresent(head -> known.putIfAbsent(head.seq(), head));
        return known;
    }

    /// One way along the chain.
    private final class Walk {
        private final @Nullable AuditMark begin;
        private final SortedMap<Long, AuditMark> known;
        private final long first;
        private long seq;
        private String hash = "";

        Walk(@Nullable AuditMark begin, SortedMap<Long, AuditMark> known) {
            this.begin = begin;
            this.known = known;
            if (begin != null) {
                this.seq = begin.seq();
                this.hash = begin.hash();
            }
            this.first = seq + 1;
        }

        Report report() {
            if (begin != null && !begin.isGenuine(seal)) {
                return broken("checkpoint");
            }
            List<AuditLine> lines;
            do {
                lines = audit.from(seq, CHUNK);
                for (AuditLine line : lines) {
                    String wrong = wrong(line);
                    if (wrong != null) {
                        return broken(wrong);
                    }
                    seq = line.seq();
                    hash = line.hash();
                }
            } while (lines.size() == CHUNK);
            return end();
        }

        private @Nullable String wrong(AuditLine line) {
            String expected =
                    AuditStore.hash(hash, seq + 1, line.at().toEpochMilli(), line.entry());
            if (line.seq() != seq + 1 || !expected.equals(line.hash())) {
                return "entry";
            }
            AuditMark mark = known.get(line.seq());
            return mark == null || mark.hash().equals(line.hash()) ? null : "head";
        }

        private Report end() {
            if (!known.isEmpty() && known.lastKey() > seq) {
                return broken("cut");
            }
            AuditMark head = database.read(dsl -> marks.head(dsl)).orElse(null);
            if (head == null) {
                return seq < first ? intact() : broken("head");
            }
            if (head.seq() < seq) {
                return brokenAt(head.seq() + 1, "added");
            }
            return head.isGenuine(seal) ? intact() : brokenAt(head.seq(), "head");
        }

        private Report intact() {
            return report(true, null, null);
        }

        private Report broken(String because) {
            return brokenAt(seq + 1, because);
        }

        private Report brokenAt(long at, String because) {
            return report(false, at, because);
        }

        private Report report(boolean ok, @Nullable Long at, @Nullable String because) {
            int compared = (int) known.values().stream().filter(m -> m.seq() >= first).count();
            return new Report(seq - first + 1, ok, at, because, first, seq, hash, compared);
        }
    }
}
