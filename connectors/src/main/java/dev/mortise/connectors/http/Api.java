package dev.mortise.connectors.http;

import dev.mortise.api.calls.CallBook;
import dev.mortise.api.calls.Called;
import dev.mortise.connectors.http.Call.Answer;
import dev.mortise.connectors.http.Endpoint.Limits;
import dev.mortise.spi.problem.Fault;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The one way to the API of a connection: sign, wait for the budget, send, and again while the
/// failure is a passing one and the call may be repeated. Used by many threads.
final class Api implements AutoCloseable {
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration WAIT_MAX = Duration.ofSeconds(15);
    private static final Pattern TELLING = Pattern.compile("auth|token|key|secret|sign|cookie");

    private final Limits limits;
    private final Ticker ticker;
    private final RandomGenerator random;
    private final Refusals refusals = new Refusals();
    private final Egress egress;
    private final Budget budget;
    private final Credentials credentials;
    private final CallBook book;

    Api(Endpoint endpoint, Ticker ticker, RandomGenerator random, CallBook book) {
        this.limits = endpoint.limits();
        this.ticker = ticker;
        this.random = random;
        this.book = book;
        this.egress = new Egress(limits);
        this.budget = new Budget(limits, ticker);
        this.credentials =
                new Credentials(endpoint.auth(), call -> exchange(call, false), refusals, ticker);
        endpoint.headers().forEach(this::conceal);
        endpoint.resources().values().stream()
                .flatMap(resource -> resource.read().stream())
                .forEach(
                        read -> {
                            read.headers().forEach(this::conceal);
                            read.params().forEach(this::conceal);
                        });
    }

    private void conceal(String name, String value) {
        if (TELLING.matcher(name.toLowerCase(Locale.ROOT)).find()) {
            refusals.conceal(value);
        }
    }

    Refusals refusals() {
        return refusals;
    }

    Ticker ticker() {
        return ticker;
    }

    /// Sends without what signs in, and expects success: to a place that is not the API's own.
    Answer fetchUnsigned(Call call) {
        Answer answer = exchange(call, false);
        if (answer.ok()) {
            return answer;
        }
        throw new ProblemException(refusals.problem(call, answer));
    }

    /// Sends and expects success.
    ///
    /// @throws ProblemException with what came instead
    Answer fetch(Call call) {
        Answer answer = exchange(call, true);
        if (answer.ok()) {
            return answer;
        }
        throw new ProblemException(refusals.problem(call, answer));
    }

    /// Sends and gives the answer, also one that refuses the call for what it holds (4xx).
    ///
    /// @throws ProblemException when the failure is no answer to this call: throttling, a broken
    ///     server or connection
    Answer exchange(Call call) {
        return exchange(call, true);
    }

    private Answer exchange(Call call, boolean signed) {
        Patience patience = new Patience();
        boolean renewed = false;
        while (true) {
            Call sent = signed ? credentials.sign(call) : call;
            Attempt attempt = attempt(sent);
            Answer answer = attempt.answer;
            if (answer != null && answer.status() == 401 && signed && !renewed) {
                renewed = true;
                if (credentials.renew(sent)) {
                    continue;
                }
            }
            if (answer != null && answer.status() < 500 && answer.status() != 429) {
                return answer;
            }
            ProblemException problem = attempt.problem(sent, refusals);
            if (!repeats(call, attempt, problem.problem())) {
                throw problem;
            }
            patience.pause(answer == null ? Optional.empty() : retryAfter(answer), problem);
        }
    }

    /// Either an answer or why there is none.
    private record Attempt(@Nullable Answer answer, @Nullable ProblemException failure) {
        ProblemException problem(Call call, Refusals refusals) {
            if (failure != null) {
                return failure;
            }
            return new ProblemException(
                    refusals.problem(call, java.util.Objects.requireNonNull(answer)));
        }
    }

    private Attempt attempt(Call call) {
        budget.enter();
        long began = ticker.nanos();
        boolean held = false;
        try {
            Answer answer = egress.send(call);
            note(call, answer, began);
            held = call.streams() && answer.ok();
            Answer given = held ? answer.through(body -> new Leaving(body, budget)) : answer;
            return new Attempt(given, null);
        } catch (ProblemException e) {
            note(call, e.problem(), began);
            return new Attempt(null, e);
        } finally {
            if (!held) {
                budget.leave();
            }
        }
    }

    /// A body that is still coming takes its place in the budget until it is closed.
    private static final class Leaving extends FilterInputStream {
        private final AtomicBoolean left = new AtomicBoolean();
        private final Budget budget;

        Leaving(InputStream body, Budget budget) {
            super(body);
            this.budget = budget;
        }

        @Override
        public void close() throws IOException {
            if (!left.getAndSet(true)) {
                budget.leave();
            }
            super.close();
        }
    }

    private void note(Call call, Answer answer, long began) {
        String outcome = answer.ok() ? Called.OK : "refused";
        String sample = answer.ok() ? "" : refusals.problem(call, answer).message();
        note(call, outcome, answer.status(), began, answer.body().length, sample);
    }

    private void note(Call call, Problem problem, long began) {
        note(call, problem.code().name(), 0, began, 0, refusals.hide(problem.message()));
    }

    private void note(
            Call call, String outcome, int status, long began, long bytes, String sample) {
        Duration took = Duration.ofNanos(ticker.nanos() - began);
        book.add(
                new Called(
                        ticker.now(), call.resource(), outcome, status, "", took, bytes, sample));
    }

    private static boolean repeats(Call call, Attempt attempt, Problem problem) {
        if (problem.fault() != Fault.TRANSIENT) {
            return false;
        }
        // What was turned away at the door has had no effect, whatever the method.
        Answer answer = attempt.answer;
        boolean untouched =
                answer == null
                        ? problem.code() == ProblemCode.CONNECTION_REFUSED
                        : answer.status() == 429
                                || (answer.status() == 503
                                        && answer.header("retry-after").isPresent());
        boolean settled = answer != null && (answer.status() == 501 || answer.status() == 505);
        return !settled && (untouched || call.repeatable());
    }

    /// How long the API asks to wait: a number of seconds or a date.
    private Optional<Duration> retryAfter(Answer answer) {
        Optional<String> header = answer.header("retry-after").map(String::strip);
        if (header.isEmpty()) {
            return Optional.empty();
        }
        if (header.get().matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(header.get())));
        }
        try {
            ZonedDateTime until =
                    ZonedDateTime.parse(header.get(), DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration wait = Duration.between(ticker.now(), until.toInstant());
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (java.time.DateTimeException _) {
            return Optional.empty();
        }
    }

    /// How often one call was repeated and how long it waited for that.
    private final class Patience {
        private int repeated;
        private Duration waited = Duration.ZERO;

        void pause(Optional<Duration> asked, ProblemException problem) {
            Duration wait = asked.orElseGet(this::backoff);
            Duration sum = waited.plus(wait);
            if (repeated >= limits.retries() || sum.compareTo(limits.patience()) > 0) {
                throw problem;
            }
            repeated++;
            waited = sum;
            asked.ifPresent(budget::hold);
            ticker.pause(wait);
        }

        private Duration backoff() {
            long most = FIRST_WAIT.toMillis() << Math.min(repeated, 16);
            return Duration.ofMillis(random.nextLong(Math.clamp(most, 1, WAIT_MAX.toMillis())) + 1);
        }
    }

    @Override
    public void close() {
        egress.close();
        book.close();
    }
}
