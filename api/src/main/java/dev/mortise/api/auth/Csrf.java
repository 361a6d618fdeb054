package dev.mortise.api.auth;

import dev.mortise.api.auth.Wire.Heard;
import dev.mortise.api.egress.Uris;
import dev.mortise.api.recipe.Message;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The token SAP wants on each call that writes, together with the cookies of the session it was
/// given in: one without the other is refused. Used by many threads.
final class Csrf {
    private static final String HEADER = "X-CSRF-Token";
    private static final Duration WAIT_MAX = Duration.ofMinutes(2);

    private final URI url;
    private final Wire wire;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile @Nullable Held held;

    record Held(String token, String cookies) {
        Message put(Message call) {
            return Cookies.add(call.withHeader(HEADER, token), cookies);
        }
    }

    Csrf(URI base, String path, Wire wire) {
        this.url = Uris.below(base, path, Map.of());
        this.wire = wire;
    }

    /// What a call needs: nothing unless it writes.
    ///
    /// @param signedIn puts on the fetching call what signs in
    Optional<Held> held(Message call, UnaryOperator<Message> signedIn) {
        boolean writes = !call.method().equals("GET") && !call.method().equals("HEAD");
        return writes ? Optional.of(current(signedIn)) : Optional.empty();
    }

    private Held current(UnaryOperator<Message> signedIn) {
        Held known = held;
        if (known != null) {
            return known;
        }
        try {
            if (!turn.tryLock(WAIT_MAX.toNanos(), TimeUnit.NANOSECONDS)) {
                throw ProblemException.of(
                        ProblemCode.TIMED_OUT,
                        "expected a token for writing within %d s, another call still fetches it"
                                .formatted(WAIT_MAX.toSeconds()),
                        "run again; if it stays, check that the path in 'csrf' answers");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ProblemException.of(
                    ProblemCode.CANCELLED, "the call was cancelled while it waited", "run again");
        }
        try {
            Held now = held;
            if (now == null) {
                now = fetched(signedIn);
                held = now;
            }
            return now;
        } finally {
            turn.unlock();
        }
    }

    /// Forgets the token a call was refused with, unless somebody fetched another since.
    void forget(Message refused) {
        Held now = held;
        if (now != null
                && refused.headers().stream()
                        .anyMatch(h -> h.name().equals(HEADER) && h.value().equals(now.token))) {
            held = null;
        }
    }

    private Held fetched(UnaryOperator<Message> signedIn) {
        Map<String, String> headers = Map.of(HEADER, "Fetch", "Accept", "application/json");
        Message call = signedIn.apply(Message.request("GET", url, headers, new byte[0]));
        Heard heard = wire.send(call);
        String token = heard.answer().header(HEADER).orElse("");
        if (token.isEmpty() || token.equalsIgnoreCase("required")) {
            GrantRefused.check(wire, call, heard, "check 'auth' of the connection");
            throw ProblemException.of(
                    ProblemCode.LOGIN_REFUSED,
                    "expected a header '%s' from '%s', found none".formatted(HEADER, url),
                    "set 'csrf' of 'auth' to a path that gives it, as the service's root does");
        }
        wire.conceal(token);
        Cookies.set(heard.answer().headers().getOrDefault("set-cookie", List.of()))
                .values()
                .forEach(wire::conceal);
        List<String> set = heard.answer().headers().getOrDefault("set-cookie", List.of());
        return new Held(token, Cookies.header(Cookies.set(set)));
    }
}
