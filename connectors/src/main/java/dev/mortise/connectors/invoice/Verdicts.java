package dev.mortise.connectors.invoice;

import dev.mortise.connectors.invoice.Survey.Sighting;
import dev.mortise.connectors.invoice.Verdicts.Verdict.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which document speaks for which invoice, and what the documents of a folder say of each other:
/// the same number twice, the same number with other sums, red invoices and what they take back.
/// Goes only by ranks and by the order of the listing, so it is the same on every run.
final class Verdicts {
    private final List<Sighting> sightings;
    private final Map<String, Claim> claims = new HashMap<>();
    private final Map<String, Reds> reds = new HashMap<>();

    /// The documents of one number.
    private static final class Claim {
        private int speaker;
        private int copies;

        /// The first that has other sums than the speaker.
        private int clash = -1;

        Claim(int speaker) {
            this.speaker = speaker;
        }
    }

    private Verdicts(List<Sighting> sightings) {
        this.sightings = sightings;
    }

    static Verdicts of(List<Sighting> sightings) {
        Verdicts verdicts = new Verdicts(sightings);
        verdicts.choose();
        verdicts.compare();
        return verdicts;
    }

    private void choose() {
        for (int i = 0; i < sightings.size(); i++) {
            String number = sightings.get(i).number();
            if (number != null) {
                int place = i;
                Claim claim = claims.computeIfAbsent(number, _ -> new Claim(place));
                claim.copies++;
                boolean richer = sightings.get(i).rank() < sightings.get(claim.speaker).rank();
                claim.speaker = richer ? i : claim.speaker;
            }
        }
    }

    private void compare() {
        for (int i = 0; i < sightings.size(); i++) {
            Sighting seen = sightings.get(i);
            Claim claim = claim(seen);
            if (claim != null && claim.speaker == i) {
                takeBack(seen);
            } else if (claim != null && claim.clash < 0) {
                boolean same = seen.totals().agree(sightings.get(claim.speaker).totals());
                claim.clash = same ? claim.clash : i;
            }
        }
    }

    private void takeBack(Sighting seen) {
        String original = seen.original();
        if (seen.red() && original != null && !original.equals(seen.number())) {
            Reds before = reds(original);
            reds.put(original, before.plus(seen.totals().total()));
        }
    }

    private @Nullable Claim claim(Sighting seen) {
        return seen.number() == null ? null : claims.get(seen.number());
    }

    /// Whether a document speaks for an invoice and has rows.
    boolean speaks(int document) {
        Sighting seen = sightings.get(document);
        Claim claim = claim(seen);
        return claim != null && claim.speaker == document && seen.carries();
    }

    boolean knows(String number) {
        Claim claim = claims.get(number);
        return claim != null && sightings.get(claim.speaker).carries();
    }

    /// How many files hold an invoice.
    int copies(String number) {
        Claim claim = claims.get(number);
        return claim == null ? 0 : claim.copies;
    }

    Reds reds(String number) {
        return reds.getOrDefault(number, Reds.NONE);
    }

    Verdict of(int document) {
        Sighting seen = sightings.get(document);
        String number = seen.number();
        Claim claim = claim(seen);
        if (number == null || claim == null) {
            Status status = seen.fault() == null ? Status.OK : Status.UNREADABLE;
            return new Verdict(status, seen.fault(), null);
        }
        return claim.speaker == document
                ? speaker(seen, number, claim)
                : copy(seen, sightings.get(claim.speaker));
    }

    private Verdict speaker(Sighting seen, String number, Claim claim) {
        List<String> faults = new ArrayList<>();
        add(faults, seen.fault());
        if (claim.clash >= 0) {
            faults.add(clash(seen, sightings.get(claim.clash)));
        }
        Reds taken = reds(number);
        if (taken.over(seen.totals().total())) {
            faults.add(
                    "expected red invoices to take back at most %s, %d take back %s"
                            .formatted(
                                    Money.text(seen.totals().total()),
                                    taken.count(),
                                    Money.text(taken.total())));
        }
        Status status = faults.isEmpty() ? Status.OK : Status.MISMATCH;
        add(faults, seen.note());
        return new Verdict(status, joined(faults), seen.path());
    }

    private static Verdict copy(Sighting seen, Sighting speaker) {
        List<String> faults = new ArrayList<>();
        add(faults, seen.fault());
        if (!seen.totals().agree(speaker.totals())) {
            faults.add(clash(seen, speaker));
        }
        return faults.isEmpty()
                ? new Verdict(Status.DUPLICATE, null, speaker.path())
                : new Verdict(Status.MISMATCH, joined(faults), speaker.path());
    }

    private static String clash(Sighting here, Sighting there) {
        return "expected the same sums in every file of number '%s', '%s' has %s, '%s' has %s"
                .formatted(
                        here.number(),
                        here.path(),
                        here.totals().text(),
                        there.path(),
                        there.totals().text());
    }

    private static void add(List<String> sentences, @Nullable String sentence) {
        if (sentence != null) {
            sentences.add(sentence);
        }
    }

    private static @Nullable String joined(List<String> sentences) {
        return sentences.isEmpty() ? null : Limits.shortened(String.join("; ", sentences));
    }

    /// What is to be said of a document among the others.
    ///
    /// @param finding a sentence or several; null when there is nothing to say
    /// @param speaker the path of the document that speaks for the same invoice; null when there is
    ///     none
    record Verdict(Status status, @Nullable String finding, @Nullable String speaker) {
        enum Status {
            OK,
            /// Another file of the same invoice speaks for it.
            DUPLICATE,
            /// Nothing of it is in any row.
            UNREADABLE,
            /// It does not add up, or two files of one number differ.
            MISMATCH;

            String text() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /// The red invoices of the folder that name one original.
    ///
    /// @param total what they take back, in minor units, negative; [Money#NONE] when one of them
    ///     has no total or the sum passes decimal(18,2)
    record Reds(int count, long total) {
        static final Reds NONE = new Reds(0, 0);

        Reds plus(long other) {
            return new Reds(count + 1, Ties.plus(total, other));
        }

        /// Whether they take back more than there was.
        boolean over(long original) {
            return count > 0
                    && original != Money.NONE
                    && total != Money.NONE
                    && Math.abs(total) > Math.abs(original);
        }
    }
}
