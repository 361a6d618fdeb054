package dev.mortise.connectors.invoice;

import java.nio.file.Path;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// The folder of a connection and how it is read. Keeps the last survey, since the three datasets
/// of one run all need it. Used by many threads.
final class Folder {
    private final Path path;
    private final String pattern;
    private final Limits limits;
    private final Assembly assembly;
    private final ZoneId zone;
    private @Nullable Survey last;

    Folder(Path path, String pattern, Limits limits, Assembly assembly, ZoneId zone) {
        this.path = path;
        this.pattern = pattern;
        this.limits = limits;
        this.assembly = assembly;
        this.zone = zone;
    }

    /// @throws dev.mortise.spi.problem.ProblemException FILE_MISSING when there is no folder
    Path root() {
        return Listing.root(path);
    }

    ZoneId zone() {
        return zone;
    }

    Listing list() {
        return Listing.of(path, pattern, limits.files());
    }

    /// What one thread needs to read documents.
    Documents.Desk desk() {
        return new Documents.Desk(new InvoiceXml(), assembly, limits);
    }

    /// The options that decide what is made of the same files, as one word.
    String mark() {
        return limits.documentBytes()
                + ","
                + limits.archiveBytes()
                + ","
                + limits.archiveRatio()
                + ","
                + assembly.allowance();
    }

    /// The survey of a listing, made once however many ask for it.
    synchronized Survey survey(Listing listing) {
        Survey made = last;
        if (made == null || !made.listing().mark().equals(listing.mark())) {
            last = null;
            made = Survey.of(listing, desk());
            last = made;
        }
        return made;
    }

    synchronized void forget() {
        last = null;
    }
}
