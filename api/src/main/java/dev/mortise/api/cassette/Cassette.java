package dev.mortise.api.cassette;

import dev.mortise.spi.connect.Tapes;
import dev.mortise.spi.connect.Tapes.Answered;
import dev.mortise.spi.connect.Tapes.Asked;
import dev.mortise.spi.connect.Tapes.Conversation;
import dev.mortise.spi.connect.Tapes.Exchange;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    /// @throws ProblemException LIMIT_EXCEEDED when it is too large for a file to be looked at,
    ///     OPTION_INVALID when it cannot be masked, or not be read with its masks
    public static Cassette of(Tapes tapes, Title title, Playback.Held held, Masking masking) {
        Masked masked = masking.of(held.conversation());
        List<ProblemException> missed = new ArrayList<>();
        for (Set<String> chance : masked.guesses()) {
            Conversation kept = kept(masked.but(chance));
            check(kept);
            try {
                return played(tapes, title, held, kept);
            } catch (ProblemException e) {
                if (title.masks().isEmpty() || e.problem().code() != ProblemCode.SOURCE_CHANGED) {
                    throw e;
                }
                missed.add(e);
            }
        }
        throw unplayable(missed.getFirst().problem().message());
    }

    private static Cassette played(
            Tapes tapes, Title title, Playback.Held held, Conversation kept) {
        Playback playback = Playback.of(tapes, title.resource(), kept);
        long rows = playback.result().sums().rows();
        if (rows == held.rows()) {
            return new Cassette(title, kept, playback.result(), playback.observed(), Map.of());
        }
        String found =
                "reading gave %d rows, and %d from what was kept of it"
                        .formatted(held.rows(), rows);
        throw title.masks().isEmpty()
                ? ProblemException.of(ProblemCode.INTERNAL, found, "please report this")
                : unplayable(found);
    }

    private static ProblemException unplayable(String found) {
        return ProblemException.of(
                ProblemCode.OPTION_INVALID,
                "with its masks it can no longer be read: " + found,
                "leave out of 'mask' what columns or pages need as it is");
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
        check(kept.exchanges().size(), kept.exchanges().stream().mapToLong(Cassette::bytes).sum());
    }

    static long bytes(Exchange exchange) {
        return (long) exchange.asked().body().length + exchange.answered().body().length;
    }

    /// @param bytes of all bodies
    /// @throws ProblemException LIMIT_EXCEEDED when it is more than a cassette holds
    static void check(int calls, long bytes) {
        if (bytes > BYTES_MAX || calls > EXCHANGES_MAX) {
            throw ProblemException.of(
                    ProblemCode.LIMIT_EXCEEDED,
                    "a cassette holds at most %d calls with %d bytes of bodies, got %d with %d"
                            .formatted(EXCHANGES_MAX, BYTES_MAX, calls, bytes),
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

    /// The same with more changes accepted: those that a definition can be read with.
    public Cassette accepting(List<Change> changes) {
        Map<String, String> all = new LinkedHashMap<>(accepted);
        changes.stream()
                .filter(change -> change.kind() != Change.Kind.UNREADABLE)
                .forEach(change -> all.put(change.fingerprint(), change.told()));
        return accepted(all);
    }

    /// The same with these changes accepted.
    public Cassette accepted(Map<String, String> changes) {
        return new Cassette(title, kept, result, observed, changes);
    }
}
