package dev.mortise.connectors.duckdb;

import dev.mortise.connectors.jdbc.Ledger;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Keeps a run whose task was taken over from committing. Only used while
/// [DuckDbFile#commits] is held: it looks at what is committed, in a session without transaction.
final class DuckDbFence {
    private final DuckDbSession observer;
    private final Ledger ledger;
    private final String task;
    private final long epoch;

    DuckDbFence(DuckDbSession observer, Ledger ledger, String task, long epoch) {
        this.observer = observer;
        this.ledger = ledger;
        this.task = task;
        this.epoch = epoch;
    }

    void check() throws SQLException {
        Long current =
                observer.one(
                        "select epoch from "
                                + Ledger.TABLE
                                + " where part = -1 and task = "
                                + DuckDbDialect.text(task),
                        row -> row.getLong(1));
        if (current == null || current != epoch) {
            throw ProblemException.of(
                    ProblemCode.FENCED,
                    "another run of '" + task + "' has taken over from epoch " + epoch,
                    "let that run finish, or start this one again to take over from it");
        }
    }

    boolean advance(DuckDbSession session, Range range, @Nullable Range rest, Ledger.Counts counts)
            throws SQLException {
        return ledger.advance(session.connection(), epoch, range, rest, counts);
    }

    long epoch() {
        return epoch;
    }
}
