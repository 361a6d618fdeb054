package dev.mortise.connectors.invoice;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One file met: on the disk, or in an archive there. Its path is relative to the folder; that of a
/// file in an archive is written `mail.zip!/a.xml`.
sealed interface Document {
    String path();

    Kind kind();

    /// An invoice.
    ///
    /// @param rank of several files of one invoice the lowest speaks for it
    record Read(String path, Kind kind, Invoice invoice, int rank) implements Document {}

    /// A picture of an invoice.
    ///
    /// @param number from its name; null when it has none
    record Pictured(String path, Kind kind, @Nullable String number) implements Document {}

    /// An archive that was read to its end.
    record Opened(String path, Kind kind) implements Document {}

    record Unreadable(String path, Kind kind, String finding) implements Document {}

    /// What a file is, by the ending of its name.
    enum Kind {
        XML,
        OFD,
        ZIP,
        PDF;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Null when the ending is none of ours.
        static @Nullable Kind of(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            for (Kind kind : values()) {
                if (lower.endsWith("." + kind.text())) {
                    return kind;
                }
            }
            return null;
        }
    }
}
