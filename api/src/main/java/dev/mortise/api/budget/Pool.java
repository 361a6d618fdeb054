package dev.mortise.api.budget;

import dev.mortise.api.budget.Ledger.Lease;
import dev.mortise.api.budget.Ledger.Report;

/// Permits leased from the ledger and not yet handed out, and what is done and not yet reported.
/// They stay here for some milliseconds only. Used by many threads, each for a moment.
final class Pool {
    /// Permits older than that go back: a process must not sit on what others wait for.
    static final long AGE_MICROS = 20_000;

    private long weight;
    private long calls;
    private long leasedAt;
    private long done;
    private long doneCalls;
    private long returned;
    private long returnedCalls;

    synchronized boolean take(long wanted, long micros) {
        if (calls < 1 || weight < wanted || isOld(micros)) {
            return false;
        }
        calls--;
        weight -= wanted;
        return true;
    }

    /// A clock that was set back makes old, too.
    private boolean isOld(long micros) {
        return Math.abs(micros - leasedAt) > AGE_MICROS;
    }

    synchronized void done(long spent) {
        done += spent;
        doneCalls++;
    }

    synchronized void unused(long spent) {
        returned += spent;
        returnedCalls++;
    }

    synchronized boolean empty() {
        return weight == 0 && calls == 0 && done == 0 && doneCalls == 0 && returnedCalls == 0;
    }

    /// What is to be told; it counts as told. Permits still in the pool go back with it when they
    /// are old, or when a new block is to be leased.
    synchronized Report report(long micros, boolean all) {
        boolean back = all || isOld(micros);
        long weightBack = returned + (back ? weight : 0);
        long callsBack = returnedCalls + (back ? calls : 0);
        Report report = new Report(done, doneCalls, weightBack, callsBack);
        done = 0;
        doneCalls = 0;
        returned = 0;
        returnedCalls = 0;
        if (back) {
            weight = 0;
            calls = 0;
        }
        return report;
    }

    synchronized void add(Lease lease, long micros) {
        weight += lease.weight();
        calls += lease.calls();
        leasedAt = micros;
    }
}
