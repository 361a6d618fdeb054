package dev.mortise.server.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Walks the chain and tells where it is broken. What was cut off at its end leaves no trace in it:
/// keep the last number and hash elsewhere now and then, and compare.
@Component
final class AuditChain {
    private static final int CHUNK = 1_000;

    private final AuditStore audit;

    AuditChain(AuditStore audit) {
        this.audit = audit;
    }

    /// @param brokenAt the first number that is missing or whose entry is not what was written
    /// @param lastHash of the last entry that was read
    record Report(
            long entries, boolean ok, @Nullable Long brokenAt, long lastSeq, String lastHash) {}

    Report verify() {
        long seq = 0;
        String hash = "";
        while (true) {
            List<AuditLine> lines = audit.from(seq, CHUNK);
            for (AuditLine line : lines) {
                String expected =
                        AuditStore.hash(hash, seq + 1, line.at().toEpochMilli(), line.entry());
                if (line.seq() != seq + 1 || !expected.equals(line.hash())) {
                    return new Report(seq, false, seq + 1, seq, hash);
                }
                seq = line.seq();
                hash = line.hash();
            }
            if (lines.size() < CHUNK) {
                return new Report(seq, true, null, seq, hash);
            }
        }
    }
}
