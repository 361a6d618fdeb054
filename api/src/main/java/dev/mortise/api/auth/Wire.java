package dev.mortise.api.auth;

import dev.mortise.api.answer.Answer;
import dev.mortise.api.answer.Verdict;
import dev.mortise.api.recipe.Message;
import dev.mortise.spi.problem.ProblemException;

/// The way out for the calls that signing in makes: within the budget of the connection, and again
/// after a passing failure.
public interface Wire {
    /// @param call carries no credential but what is in it
    /// @throws ProblemException when no answer came in the end
    Heard send(Message call);

    /// Notes a value that must not show in any message.
    void conceal(String secret);

    /// The same for a value that is made anew for each call, and forgotten after many others.
    void concealPassing(String secret);

    /// The text without the values noted.
    String hide(String text);

    /// @param verdict by the contract of the connection
    record Heard(Answer answer, Verdict verdict) {}
}
