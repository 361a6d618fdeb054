package dev.mortise.connectors.invoice;

import dev.mortise.connectors.invoice.Document.Kind;
import dev.mortise.connectors.invoice.Invoice.Totals;
import dev.mortise.connectors.invoice.Verdicts.Reds;
import dev.mortise.connectors.invoice.Verdicts.Verdict;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every document of a listing, looked at once. Immutable when made, and shared by all that read.
final class Survey {
    private final Listing listing;
    private final List<Sighting> sightings;
    private final int[] firsts;
    private final Verdicts verdicts;

    private Survey(Listing listing, List<Sighting> sightings, int[] firsts) {
        this.listing = listing;
        this.sightings = sightings;
        this.firsts = firsts;
        this.verdicts = Verdicts.of(sightings);
    }

    /// Reads every file once.
    ///
    /// @throws ProblemException SOURCE_CHANGED when a file is no longer as it was listed,
    ///     LIMIT_EXCEEDED when there are too many documents
    static Survey of(Listing listing, Documents.Desk desk) {
        List<Sighting> sightings = new ArrayList<>(listing.files().size());
        int[] firsts = new int[listing.files().size() + 1];
        for (int file = 0; file < listing.files().size(); file++) {
            firsts[file] = sightings.size();
            look(file, listing.files().get(file), desk, sightings);
        }
        firsts[listing.files().size()] = sightings.size();
        return new Survey(listing, List.copyOf(sightings), firsts);
    }

    private static void look(
            int place, Listing.Entry file, Documents.Desk desk, List<Sighting> sightings) {
        file.assertUnchanged();
        try (Documents documents = new Documents(file, desk)) {
            Document document = documents.next();
            while (document != null) {
                if (sightings.size() == desk.limits().files()) {
                    throw Listing.tooMany(desk.limits().files());
                }
                sightings.add(Sighting.of(place, document));
                document = documents.next();
            }
        } catch (NoSuchFileException _) {
            throw Listing.changed(file.name());
        } catch (IOException e) {
            throw Listing.problem("reading the file", file.name(), e);
        }
    }

    Listing listing() {
        return listing;
    }

    /// The file of a place.
    Listing.Entry file(int place) {
        return listing.files().get(place);
    }

    int files() {
        return listing.files().size();
    }

    /// The number of the first document of a file; that of the place after the last file is the
    /// count of all.
    int first(int file) {
        return firsts[file];
    }

    Sighting sighting(int document) {
        return sightings.get(document);
    }

    Verdict verdict(int document) {
        return verdicts.of(document);
    }

    /// Whether a document speaks for its invoice.
    boolean speaks(int document) {
        return verdicts.speaks(document);
    }

    Reds reds(String number) {
        return verdicts.reds(number);
    }

    /// Whether an invoice of this number is in the folder.
    boolean knows(String number) {
        return verdicts.knows(number);
    }

    int copies(String number) {
        return verdicts.copies(number);
    }

    /// What the survey keeps of a document: a few words, for there may be many.
    ///
    /// @param file the place of its file in the listing
    /// @param number null when none was found
    /// @param rank of several documents of one number the lowest speaks for it
    /// @param items how many lines it has
    /// @param fault what is wrong with it alone; null when nothing is
    /// @param note what is worth knowing and not wrong; null when nothing is
    record Sighting(
            int file,
            String path,
            Kind kind,
            @Nullable String number,
            int rank,
            Totals totals,
            int items,
            boolean red,
            @Nullable String original,
            @Nullable String fault,
            @Nullable String note) {
        /// The ranks of documents that carry no invoice.
        static final int PICTURE = 3;

        static final int NOTHING = 4;

        static Sighting of(int file, Document document) {
            return switch (document) {
                case Document.Read read -> of(file, read);
                case Document.Pictured picture -> pictured(file, picture);
                case Document.Opened archive -> bare(file, archive, null);
                case Document.Unreadable broken -> bare(file, broken, broken.finding());
            };
        }

        private static Sighting of(int file, Document.Read read) {
            Invoice invoice = read.invoice();
            return new Sighting(
                    file,
                    read.path(),
                    read.kind(),
                    invoice.number(),
                    read.rank(),
                    invoice.totals(),
                    invoice.items().size(),
                    invoice.red(),
                    invoice.original(),
                    joined(invoice.faults()),
                    joined(invoice.notes()));
        }

        private static Sighting pictured(int file, Document.Pictured picture) {
            boolean unnamed = picture.number() == null;
            return new Sighting(
                    file,
                    picture.path(),
                    picture.kind(),
                    picture.number(),
                    PICTURE,
                    Totals.NONE,
                    0,
                    false,
                    null,
                    unnamed ? "expected the 20 digits of an invoice in the name, found none" : null,
                    unnamed ? null : "a picture: fetch the XML or OFD to have its rows");
        }

        private static Sighting bare(int file, Document document, @Nullable String fault) {
            return new Sighting(
                    file,
                    document.path(),
                    document.kind(),
                    null,
                    NOTHING,
                    Totals.NONE,
                    0,
                    false,
                    null,
                    fault,
                    null);
        }

        private static @Nullable String joined(List<String> sentences) {
            return sentences.isEmpty() ? null : Limits.shortened(String.join("; ", sentences));
        }

        /// Whether it carries an invoice with numbers.
        boolean carries() {
            return rank < PICTURE;
        }
    }
}
