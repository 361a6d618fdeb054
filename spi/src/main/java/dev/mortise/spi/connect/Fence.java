package dev.mortise.spi.connect;

/// Which of several owners of a run a claim comes from. A server that was paused for longer than
/// its lease may wake after another has taken its run over; it must then not take the task back.
/// Each owner gets a token higher than all before it, and the epochs of its claims lie in a band of
/// their own, so that a ledger which keeps nothing but the epoch knows an outdated owner.
///
/// @param token 0 for a run nobody else can own, which outranks whoever claimed before it
public record Fence(long token) {
    public static final Fence NONE = new Fence(0);

    /// Claims an owner may make of one task: far more than a run's steps, tables and attempts.
    private static final int CLAIMS_BITS = 20;

    public Fence {
        if (token < 0 || token > Long.MAX_VALUE >> (CLAIMS_BITS + 1)) {
            throw new IllegalArgumentException("token " + token);
        }
    }

    /// The lowest epoch of this owner's claims.
    public long first() {
        return token << CLAIMS_BITS;
    }

    /// Above every epoch of this owner's claims; a task that stands here is a later owner's.
    public long end() {
        return token == 0 ? Long.MAX_VALUE : (token + 1) << CLAIMS_BITS;
    }

    /// The epoch that a claim raises a task to.
    ///
    /// @param epoch the task's
    public long next(long epoch) {
        return Math.max(epoch + 1, first());
    }

    /// Whether a task that stands at an epoch is a later owner's.
    public boolean yieldsTo(long epoch) {
        return epoch >= end();
    }
}
