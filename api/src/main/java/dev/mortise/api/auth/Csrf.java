package dev.mortise.api.auth;

import dev.mortise.api.auth.Wire.Heard;
import dev.mortise.api.egress.Uris;
import dev.mortise.api.recipe.Message;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The token SAP wants on each call that writes, together with the cookies of the session it was
/// given in: one without the other is refused. Used by many threads.
final class Csrf {
    private static final String HEADER = "X-CSRF-Token";

    private final URI url;
    private final Wire wire;
    private @Nullable Held held;

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

    private synchronized Held current(UnaryOperator<Message> signedIn) {
        Held now = held;
        if (now == null) {
            now = fetched(signedIn);
            held = now;
        }
        return now;
    }

    /// Forgets the token a call was refused with, unless somebody fetched another since.
    synchronized void forget(Message refused) {
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
            GrantRefused.check(call, heard, "check 'auth' of the connection");
            throw ProblemException.of(
                    ProblemCode.LOGIN_REFUSED,
                    "expected a header '%s' from '%s', found none".formatted(HEADER, url),
                    "set 'csrf' of 'auth' to a path that gives it, as the service's root does");
        }
        wire.conceal(token);
        List<String> set = heard.answer().headers().getOrDefault("set-cookie", List.of());
        return new Held(token, Cookies.header(Cookies.set(set)));
    }
}
