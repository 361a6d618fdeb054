package dev.mortise.server.audit;

import dev.mortise.server.audit.AuditMark.Kind;
import dev.mortise.server.settings.ServerSettings;
import dev.mortise.server.store.Database;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Removes entries that are older than they need be, when that is asked for: by default all are
/// kept. What is removed leaves a signed checkpoint from which the chain goes on, and an entry
/// that tells of it. A part that is not in order is evidence, and stays.
@Component
final class AuditRetention {
    static final String DAYS = "MORTISE_AUDIT_DAYS";

    /// What network logs are to be kept for at least.
    static final int DAYS_MIN = 180;

    private static final int DAYS_MAX = 36_500;
    private static final int CHUNK = 5_000;
    private static final Logger LOG = LoggerFactory.getLogger(AuditRetention.class);

    private final Database database;
    private final AuditStore audit;
    private final AuditMarkStore marks;
    private final AuditSeal seal;
    private final Optional<Duration> kept;

    AuditRetention(
            Database database,
            AuditStore audit,
            AuditMarkStore marks,
            AuditSeal seal,
            ServerSettings settings) {
        this.database = database;
        this.audit = audit;
        this.marks = marks;
        this.seal = seal;
        this.kept = kept(settings.environment().getOrDefault(DAYS, ""));
    }

    /// @throws ProblemException OPTION_INVALID
    static Optional<Duration> kept(String days) {
        if (days.isBlank()) {
            return Optional.empty();
        }
        int number = days.matches("\\d{1,6}") ? Integer.parseInt(days) : -1;
        if (number < DAYS_MIN || number > DAYS_MAX) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.OPTION_INVALID,
                            "%s expects %d to %d days, got '%s'"
                                    .formatted(DAYS, DAYS_MIN, DAYS_MAX, days),
                            "leave it out to keep the audit for ever"));
        }
        return Optional.of(Duration.ofDays(number));
    }

    /// Removes what is too old, a part at a time.
    void apply() {
        kept.ifPresent(
                time -> {
                    int removed = CHUNK;
                    while (removed == CHUNK) {
                        removed = remove(database.now().minus(time), CHUNK);
                    }
                });
    }

    /// @return how many were removed
    int remove(Instant before, int limit) {
        return database.write(dsl -> remove(dsl, before, limit));
    }

    private int remove(DSLContext dsl, Instant before, int limit) {
        audit.takeTurn(dsl);
        AuditMark begin = marks.checkpoint(dsl).orElse(null);
        boolean vouched = seal.sign("").isPresent() && (begin == null || begin.isGenuine(seal));
        if (!vouched) {
            return 0;
        }
        long seq = begin == null ? 0 : begin.seq();
        String hash = begin == null ? "" : begin.hash();
        int count = 0;
        List<AuditLine> lines = AuditStore.from(dsl, seq, limit);
        for (AuditLine line : lines) {
            String expected =
                    AuditStore.hash(hash, seq + 1, line.at().toEpochMilli(), line.entry());
            if (line.seq() != seq + 1 || !expected.equals(line.hash())) {
                LOG.warn("audit not shortened: entry {} is not in order", seq + 1);
                break;
            }
            if (!line.at().isBefore(before)) {
                break;
            }
            seq = line.seq();
            hash = line.hash();
            count++;
        }
        if (count > 0) {
            removed(dsl, AuditMark.signed(Kind.CHECKPOINT, seq, hash, seal), count);
        }
        return count;
    }

    private void removed(DSLContext dsl, AuditMark mark, int count) {
        audit.removeThrough(dsl, mark.seq());
        marks.checkpoint(dsl, mark, count, database.now(dsl).toEpochMilli());
        String told =
                "{\"entries\":%d,\"through\":%d,\"hash\":\"%s\"}"
                        .formatted(count, mark.seq(), mark.hash());
        audit.add(dsl, new AuditEntry("system", "", "audit.shorten", "", "audit", null, told));
    }
}
