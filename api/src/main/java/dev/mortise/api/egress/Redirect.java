package dev.mortise.api.egress;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// A call that is sent elsewhere (RFC 9110 section 15.4): never to plain http, never to another
/// host with what only this one may see, and never without the body it had.
///
/// @param confined whether the call carries what no other host may see
/// @param hops how often it was sent elsewhere before
public record Redirect(String method, URI from, boolean confined, int hops) {
    private static final int HOPS_MAX = 5;

    private static final List<Integer> STATUSES = List.of(301, 302, 303, 307, 308);
    private static final List<Integer> KEEPING = List.of(307, 308);

    /// Where an answer sends the call; empty when it sends it nowhere.
    ///
    /// @param location the header of that name
    /// @throws ProblemException SERVER_FAILED when it may not go there
    public Optional<URI> to(int status, Optional<String> location) {
        if (location.isEmpty() || !STATUSES.contains(status)) {
            return Optional.empty();
        }
        if (hops >= HOPS_MAX) {
            throw refused("was redirected %d times before".formatted(hops));
        }
        URI there =
                Uris.resolve(from, location.get())
                        .orElseThrow(() -> refused("is redirected to no web address"));
        if (Uris.secure(from) && !Uris.secure(there)) {
            throw refused("is redirected to plain http");
        }
        if (confined && !Uris.sameOrigin(from, there)) {
            throw refused(
                    "is redirected to another host, '%s', for which neither what signs in nor a"
                                    .formatted(Uris.origin(there))
                            + " signature is meant");
        }
        if (!KEEPING.contains(status) && !method.equals("GET")) {
            throw refused("is redirected with status " + status + ", which would drop the body");
        }
        return Optional.of(there);
    }

    private ProblemException refused(String how) {
        return ProblemException.of(
                ProblemCode.SERVER_FAILED,
                "%s on '%s' %s".formatted(method, Uris.origin(from), how),
                "set 'base_url' or the path to where the API really is");
    }
}
