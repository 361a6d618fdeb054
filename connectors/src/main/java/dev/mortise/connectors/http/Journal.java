package dev.mortise.connectors.http;

import dev.mortise.api.budget.Ticker;
import dev.mortise.api.calls.CallBook;
import dev.mortise.api.calls.Called;
import dev.mortise.connectors.http.Call.Answer;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.time.Duration;

/// Writes what became of each call into the book of calls, secrets hidden.
record Journal(CallBook book, Refusals refusals, Ticker ticker) implements AutoCloseable {
    /// @param began by [Ticker#nanos]
    void note(Call call, Answer answer, long began) {
        String sample = answer.ok() ? "" : refusals.problem(call, answer).message();
        String code = answer.verdict().orElseThrow().code();
        add(
                new Called(
                        ticker.now(),
                        call.resource(),
                        answer.meaning().word(),
                        answer.status(),
                        refusals.hide(code),
                        took(began),
                        answer.body().length,
                        sample));
    }

    void note(Call call, Problem problem, long began) {
        if (problem.code() == ProblemCode.CANCELLED) {
            // A page sent for ahead that nobody needed says nothing of the API.
            return;
        }
        String sample = refusals.hide(problem.message());
        add(
                new Called(
                        ticker.now(),
                        call.resource(),
                        problem.code().name(),
                        0,
                        "",
                        took(began),
                        0,
                        sample));
    }

    private Duration took(long began) {
        return Duration.ofNanos(ticker.nanos() - began);
    }

    private void add(Called called) {
        book.add(called);
    }

    @Override
    public void close() {
        book.close();
    }
}
