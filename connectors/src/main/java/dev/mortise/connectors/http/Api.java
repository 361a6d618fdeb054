package dev.mortise.connectors.http;

import dev.mortise.api.answer.Meaning;
import dev.mortise.api.auth.Consent;
import dev.mortise.api.auth.Credentials;
import dev.mortise.api.auth.Credentials.Ready;
import dev.mortise.api.auth.Credentials.Signed;
import dev.mortise.api.auth.Wire;
import dev.mortise.api.budget.Ticker;
import dev.mortise.api.calls.CallBook;
import dev.mortise.api.draft.call.Secrets;
import dev.mortise.api.egress.Redirect;
import dev.mortise.api.egress.Uris;
import dev.mortise.api.paging.Job;
import dev.mortise.api.paging.Proofs;
import dev.mortise.api.paging.Trials;
import dev.mortise.api.recipe.Message;
import dev.mortise.connectors.http.Call.Answer;
import dev.mortise.connectors.http.Endpoint.Limits;
import dev.mortise.spi.problem.Fault;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The one way to the API of a connection: wait for a turn, sign, send, judge the answer, and again
/// while the failure is a passing one and the call may be repeated. Used by many threads.
final class Api implements AutoCloseable {
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration WAIT_MAX = Duration.ofSeconds(15);

    private final Limits limits;
    private final Endpoint endpoint;
    private final Judge judge;
    private final Ticker ticker;
    private final RandomGenerator random;
    private final Refusals refusals = new Refusals();
    private final Egress egress;
    private final Turns turns;
    private final Credentials credentials;
    private final Journal journal;
    private final Trials trials;
    private final Optional<Tape> tape;

    Api(Endpoint endpoint, HttpConnector.Surroundings around, CallBook book) {
        this.limits = endpoint.limits();
        this.endpoint = endpoint;
        this.ticker = around.ticker();
        this.random = around.random();
        this.tape = around.tape();
        this.egress = new Egress(limits, endpoint.access().tls());
        this.journal = new Journal(book, refusals, ticker);
        this.turns = Turns.of(endpoint, around);
        this.trials = new Trials(new Proofs(around.state().resolve("paths"), ticker::now));
        this.credentials =
                new Credentials(endpoint.access(), new Unsigned(), around::tokens, ticker::now);
        this.judge = new Judge(endpoint, credentials, ticker);
        endpoint.headers().forEach(this::conceal);
        endpoint.resources().values().stream()
                .flatMap(resource -> resource.read().stream())
                .forEach(
                        read -> {
                            read.headers().forEach(this::conceal);
                            read.params().forEach(this::conceal);
                            read.around().job().stream().flatMap(Job::steps).forEach(this::conceal);
                        });
        endpoint.resources().values().stream()
                .flatMap(resource -> resource.write().stream())
                .forEach(write -> write.headers().forEach(this::conceal));
    }

    private void conceal(Job.Step step) {
        step.headers().forEach(this::conceal);
        step.params().forEach(this::conceal);
    }

    private void conceal(String name, String value) {
        if (Secrets.is(name, value)) {
            refusals.conceal(value);
            // Of `Bearer x` the x alone may come back.
            refusals.conceal(value.substring(value.lastIndexOf(' ') + 1));
        }
    }

    /// The calls that signing in makes.
    private final class Unsigned implements Wire {
        @Override
        public Heard send(Message message) {
            Call call =
                    new Call(
                            "token",
                            message.method(),
                            message.uri(),
                            message.headerMap(),
                            message.body(),
                            true,
                            true,
                            false,
                            Optional.empty());
            Answer answer = live(call, false);
            return new Heard(
                    answer.seen(answer.body(), ticker.now()), answer.verdict().orElseThrow());
        }

        @Override
        public void conceal(String secret) {
            refusals.conceal(secret);
        }

        @Override
        public void concealPassing(String secret) {
            refusals.concealPassing(secret);
        }

        @Override
        public String hide(String text) {
            return refusals.hide(text);
        }
    }

    void hiding(Runnable work) {
        hiding(
                () -> {
                    work.run();
                    return true;
                });
    }

    /// Runs what may fail with words of the API in its message, and hides the secrets in them.
    <T> T hiding(Supplier<T> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            throw refusals.hidden(e);
        }
    }

    Optional<Consent> consent() {
        return credentials.consent();
    }

    Refusals refusals() {
        return refusals;
    }

    Trials trials() {
        return trials;
    }

    Ticker ticker() {
        return ticker;
    }

    /// The moment that requests speak of.
    Instant now() {
        return tape.map(Tape::moment).orElseGet(ticker::now);
    }

    Optional<Tape> tape() {
        return tape;
    }

    /// Whether no more pages of a resource are wanted.
    boolean full(String resource) {
        return tape.isPresent() && tape.get().full(resource);
    }

    /// Sends without what signs in, and expects success: to a place that is not the API's own.
    Answer fetchUnsigned(Call call) {
        return expected(call, exchange(call, false));
    }

    /// Sends and expects success.
    ///
    /// @throws ProblemException with what came instead
    Answer fetch(Call call) {
        return expected(call, exchange(call));
    }

    private Answer expected(Call call, Answer answer) {
        if (answer.ok()) {
            return answer;
        }
        throw new ProblemException(refusals.problem(call, answer));
    }

    /// Sends and gives the answer, also one that refuses the call for what it holds.
    ///
    /// @throws ProblemException when the failure is no answer to this call: throttling, a broken
    ///     server or connection
    Answer exchange(Call call) {
        boolean whole =
                endpoint.access().readsWhole(call.resource())
                        || endpoint.soap(call.resource()).isPresent();
        return hiding(() -> exchange(whole ? call.whole() : call, true));
    }

    private Answer exchange(Call call, boolean signed) {
        if (tape.isEmpty()) {
            return live(call, signed);
        }
        Answer answer =
                tape.get().exchange(call.whole(), whole -> live(whole, signed), refusals::hide);
        return answer.verdict().isPresent() ? answer : played(call, answer);
    }

    private Answer played(Call call, Answer kept) {
        Answer answer = kept.judged(judge.kept(call, kept, now()));
        if (settled(answer)) {
            return answer;
        }
        throw new ProblemException(refusals.problem(call, answer));
    }

    private Answer live(Call call, boolean signed) {
        Patience patience = new Patience();
        boolean renewed = false;
        while (true) {
            Attempt attempt = attempt(call, signed);
            Answer answer = attempt.answer;
            if (answer != null && !renewed && signed && expired(answer)) {
                renewed = true;
                if (renews(attempt, answer)) {
                    continue;
                }
            }
            if (answer != null && settled(answer)) {
                return answer;
            }
            ProblemException problem = attempt.problem(call, refusals);
            if (!repeats(call, attempt, problem.problem())) {
                throw problem;
            }
            patience.pause(asked(answer), problem);
        }
    }

    private static boolean expired(Answer answer) {
        return answer.meaning() instanceof Meaning.AuthExpired;
    }

    private boolean renews(Attempt attempt, Answer answer) {
        return attempt.signed != null
                && credentials.renew(attempt.signed, answer.seen(answer.body(), ticker.now()));
    }

    /// Whether an answer is one to this call, whatever it says.
    private static boolean settled(Answer answer) {
        return switch (answer.meaning()) {
            case Meaning.Throttled _, Meaning.QuotaGone _, Meaning.Retryable _ -> false;
            case Meaning.Unexplained _ -> answer.status() < 500;
            default -> true;
        };
    }

    private static Optional<Duration> asked(@Nullable Answer answer) {
        return answer != null && answer.meaning() instanceof Meaning.Throttled(var wait)
                ? Optional.of(wait)
                : Optional.empty();
    }

    /// Either an answer or why there is none.
    ///
    /// @param signed what was sent; null when nothing was signed
    private record Attempt(
            @Nullable Signed signed, @Nullable Answer answer, @Nullable ProblemException failure) {
        ProblemException problem(Call call, Refusals refusals) {
            if (failure != null) {
                return refusals.hidden(failure);
            }
            return new ProblemException(
                    refusals.problem(call, java.util.Objects.requireNonNull(answer)));
        }
    }

    private Attempt attempt(Call plain, boolean signed) {
        Optional<Soap> soap = signed ? endpoint.soap(plain.resource()) : Optional.empty();
        Call call = soap.map(operation -> operation.encoded(plain)).orElse(plain);
        @Nullable Ready ready = signed ? credentials.ready(call.message()) : null;
        // A body that is read while other calls are made must not take a turn from them.
        Turns.Turn turn = turns.take(call.resource(), signed && !call.streams());
        boolean held = false;
        long began = ticker.nanos();
        @Nullable Signed sent = null;
        try {
            sent = ready == null ? null : credentials.sign(call.message(), ready);
            Call wire = sent == null ? call : call.as(sent.call());
            Answer heard = arrived(call, wire, ready);
            Answer told = soap.map(operation -> judge.spoken(operation, wire, heard)).orElse(heard);
            Answer answer = told.verdict().isPresent() ? told : judge.judged(wire, told, signed);
            journal.note(wire, answer, began);
            if (answer.meaning() instanceof Meaning.QuotaGone(var until)) {
                turns.quotaUsedUp(until);
            }
            held = call.streams() && answer.ok();
            return new Attempt(sent, held ? answer.through(turn::leftBy) : answer, null);
        } catch (ProblemException e) {
            journal.note(call, e.problem(), began);
            return new Attempt(sent, null, e);
        } finally {
            if (!held) {
                turn.close();
            }
        }
    }

    /// Sends, and follows where it is redirected to. What is signed is signed anew for each
    /// address: a signature holds for one.
    private Answer arrived(Call plain, Call signed, @Nullable Ready ready) {
        Call at = signed;
        for (int hops = 0; ; hops++) {
            Answer answer = egress.send(at);
            Redirect hop = new Redirect(at.method(), at.uri(), at.confined(), hops);
            Optional<URI> there = hop.to(answer.status(), answer.header("location"));
            if (there.isEmpty()) {
                return answer;
            }
            URI bare = Uris.without(there.get(), signed.uri(), plain.uri());
            at =
                    ready == null
                            ? at.to(there.get())
                            : plain.as(credentials.sign(plain.to(bare).message(), ready).call());
        }
    }

    private static boolean repeats(Call call, Attempt attempt, Problem problem) {
        Answer answer = attempt.answer;
        boolean gone = answer != null && answer.meaning() instanceof Meaning.QuotaGone;
        if (problem.fault() != Fault.TRANSIENT || gone) {
            return false;
        }
        // What was turned away at the door has had no effect, whatever the method.
        boolean untouched =
                answer == null
                        ? problem.code() == ProblemCode.CONNECTION_REFUSED
                        : answer.meaning() instanceof Meaning.Throttled;
        boolean settled = answer != null && (answer.status() == 501 || answer.status() == 505);
        return !settled && (untouched || call.repeatable());
    }

    /// How often one call was repeated and how long it waited for that.
    private final class Patience {
        private int repeated;
        private Duration waited = Duration.ZERO;

        void pause(Optional<Duration> asked, ProblemException problem) {
            Duration wait = asked.orElseGet(this::backoff);
            Duration sum = waited.plus(wait);
            asked.ifPresent(turns::hold);
            if (repeated >= limits.retries() || sum.compareTo(limits.patience()) > 0) {
                throw problem;
            }
            repeated++;
            waited = sum;
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
        journal.close();
    }
}
