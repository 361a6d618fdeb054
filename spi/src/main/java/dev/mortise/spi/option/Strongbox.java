package dev.mortise.spi.option;

import dev.mortise.spi.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// Where one connection keeps a text that nobody else may read, from one run to the next: the
/// tokens a person's consent gave. One at a time may touch it, over all threads and processes; the
/// turn ends with the process that has it. Used by many threads.
public interface Strongbox {
    /// Takes the turn, waiting for it at most as long as given.
    ///
    /// @throws ProblemException with `TIMED_OUT` when another kept the turn all that time
    <T> T alone(Duration waitMax, Function<Slot, T> work);

    /// Takes the turn if nobody else has it.
    <T> Optional<T> ifIdle(Function<Slot, T> work);

    /// What may be done in one's turn.
    interface Slot {
        /// The text last saved; empty at first.
        ///
        /// @throws ProblemException with `VAULT_LOCKED` when it cannot be opened
        Optional<Secret> read();

        /// Replaces the text in one step. When it returns, the text outlives process and machine.
        void save(Secret text);

        /// Keeps nothing any longer.
        void clear();
    }
}
