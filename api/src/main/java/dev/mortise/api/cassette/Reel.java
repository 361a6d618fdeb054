package dev.mortise.api.cassette;

import dev.mortise.spi.connect.Tapes.Asked;
import dev.mortise.spi.connect.Tapes.Exchange;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Exchanges to be had again: each once, equal requests in the order they were kept. Used by many
/// threads.
public final class Reel {
    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<Boolean> had = new ArrayList<>();
    private long bytes;

    public Reel(List<Exchange> kept) {
        kept.forEach(exchange -> add(exchange, false));
    }

    private void add(Exchange exchange, boolean used) {
        exchanges.add(exchange);
        had.add(used);
    }

    /// Keeps an exchange that has just been had.
    ///
    /// @throws ProblemException LIMIT_EXCEEDED when it is more than a cassette holds
    public synchronized void keep(Exchange exchange) {
        bytes += Cassette.bytes(exchange);
        Cassette.check(exchanges.size() + 1, bytes);
        add(exchange, true);
    }

    /// From the beginning once more.
    public synchronized void rewind() {
        had.replaceAll(_ -> false);
    }

    public synchronized List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /// The first exchange for a request that was not had yet.
    public synchronized Optional<Exchange> next(Asked asked) {
        for (int i = 0; i < exchanges.size(); i++) {
            if (!had.get(i) && Likeness.same(exchanges.get(i).asked(), asked)) {
                had.set(i, true);
                return Optional.of(exchanges.get(i));
            }
        }
        return Optional.empty();
    }

    /// Says which request comes nearest to one that was never kept, and what differs.
    ///
    /// @param hide takes secrets out of a text
    public synchronized ProblemException miss(
            Asked asked, java.util.function.UnaryOperator<String> hide) {
        Optional<Likeness> nearest =
                exchanges.stream()
                        .map(exchange -> Likeness.of(exchange.asked(), asked))
                        .min(Comparator.comparingInt(Likeness::distance));
        String message =
                "the cassette has no answer to %s '%s'".formatted(asked.method(), asked.address());
        String nearby =
                nearest.map(
                                like ->
                                        like.equal()
                                                ? "; it was asked more often than recorded"
                                                : "; the nearest it has differs: " + like.told())
                        .orElse("; it holds no request at all");
        return ProblemException.of(
                ProblemCode.SOURCE_CHANGED,
                hide.apply(message + nearby),
                "when the definition changed on purpose, record anew; else mend what differs");
    }
}
