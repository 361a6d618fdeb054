package dev.mortise.api.token;

import dev.mortise.spi.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// Where the tokens of one connection are kept, and who may touch them: one at a time, over all
/// threads and processes that share the store. The turn ends with the process that has it, however
/// that ends. Used by many threads.
public interface TokenStore {
    /// Takes the turn, waiting for it at most as long as given.
    ///
    /// @throws ProblemException with `TIMED_OUT` when another kept the turn all that time
    <T> T alone(Duration waitMax, Function<Slot, T> work);

    /// Takes the turn if nobody else has it.
    <T> Optional<T> ifIdle(Function<Slot, T> work);

    /// What may be done in one's turn.
    interface Slot {
        /// The state last saved; [TokenState#EMPTY] at first.
        ///
        /// @throws ProblemException with `FILE_CORRUPT` when it cannot be opened, as after a change
        ///     of the secret that seals it
        TokenState read();

        /// Replaces the state. When it returns, the state outlives the process and the machine.
        void save(TokenState state);
    }
}
