package dev.mortise.api.cassette;

import dev.mortise.spi.connect.Tapes;
import dev.mortise.spi.connect.Tapes.Answered;
import dev.mortise.spi.connect.Tapes.Asked;
import dev.mortise.spi.connect.Tapes.Conversation;
import dev.mortise.spi.connect.Tapes.Exchange;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A resource as its API answered at one moment, in a file that people read and compare.
///
/// @param accepted changes of the contract that were looked at, by fingerprint, and what they said
public record Cassette(
        Title title,
        Conversation kept,
        Result result,
        Observed observed,
        Map<String, String> accepted) {
    /// Calls of one cassette, those that prepare its pages among them.
    public static final int EXCHANGES_MAX = 1_000;

    /// Bytes of all its bodies.
    public static final int BYTES_MAX = 16 << 20;

    public Cassette {
        accepted = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(accepted));
    }

    /// @param mortise the version that recorded it
    /// @param masks fields whose values were replaced
    public record Title(String connection, String resource, String mortise, List<String> masks) {
        public Title {
            masks = List.copyOf(masks);
        }
    }

    /// A conversation as a cassette holds it, and what reading it gives.
    ///
    /// @param masking replaces values of the fields of the title
    /// @throws ProblemException LIMIT_EXCEEDED when it is too large for a file to be looked at
    public static Cassette of(Tapes tapes, Title title, Playback.Held held, Masking masking) {
        Conversation kept = kept(masking.of(held.conversation()));
        check(kept);
        Playback playback = Playback.of(tapes, title.resource(), kept);
        long rows = playback.result().sums().rows();
        if (rows != held.rows()) {
            throw ProblemException.of(
                    ProblemCode.INTERNAL,
                    "reading gave %d rows, and %d from what was kept of it"
                            .formatted(held.rows(), rows),
                    "please report this; with 'mask', leave out fields that pages are asked by");
        }
        return new Cassette(title, kept, playback.result(), playback.observed(), Map.of());
    }

    private static Conversation kept(Conversation held) {
        return new Conversation(
                held.at(), held.pages(), held.exchanges().stream().map(Cassette::kept).toList());
    }

    private static Exchange kept(Exchange exchange) {
        Asked asked = exchange.asked();
        Answered answered = exchange.answered();
        return new Exchange(
                new Asked(
                        asked.method(),
                        asked.address(),
                        asked.headers(),
                        YamlBody.kept(asked.body())),
                new Answered(
                        answered.status(), answered.headers(), YamlBody.kept(answered.body())));
    }

    private static void check(Conversation kept) {
        long bytes =
                kept.exchanges().stream()
                        .mapToLong(e -> e.asked().body().length + e.answered().body().length)
                        .sum();
        if (bytes > BYTES_MAX || kept.exchanges().size() > EXCHANGES_MAX) {
            throw ProblemException.of(
                    ProblemCode.LIMIT_EXCEEDED,
                    "a cassette holds at most %d calls with %d bytes of bodies, got %d with %d"
                            .formatted(EXCHANGES_MAX, BYTES_MAX, kept.exchanges().size(), bytes),
                    "record fewer pages, or let the resource ask for smaller ones");
        }
    }

    /// As it stands in a file.
    public String yaml() {
        return CassetteWriter.write(this);
    }

    /// Reads a file.
    ///
    /// @param file names it in places
    /// @param problems gets everything that is wrong with it; what is read then is not to be used
    public static Cassette read(String file, String text, List<Problem> problems) {
        return CassetteReader.read(file, text, problems);
    }

    /// The same with more changes accepted.
    public Cassette accepting(List<Change> changes) {
        Map<String, String> all = new LinkedHashMap<>(accepted);
        changes.forEach(change -> all.put(change.fingerprint(), change.told()));
        return accepted(all);
    }

    /// The same with these changes accepted.
    public Cassette accepted(Map<String, String> changes) {
        return new Cassette(title, kept, result, observed, changes);
    }
}
