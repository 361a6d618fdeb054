package dev.mortise.connectors.invoice;

import dev.mortise.spi.option.Settings;

/// The named upper bounds of what foreign files may make us do.
///
/// @param documentBytes largest XML, and largest OFD as it lies; also each file inside an OFD
/// @param archiveBytes how many bytes may come out of one file on the disk, nested archives
///     included
/// @param archiveRatio how many times larger than on the disk they may be
/// @param files most files of the folder, and most documents in all
record Limits(int documentBytes, long archiveBytes, int archiveRatio, int files) {
    /// Below this many bytes a ratio says nothing: an empty page also compresses well.
    static final long RATIO_FREE_BYTES = 16L << 20;

    /// Entries of one file on the disk, nested archives included.
    static final int ENTRIES_MAX = 200_000;

    /// A zip may hold zips; those may not.
    static final int NESTED_MAX = 1;

    static final int FOLDER_DEPTH_MAX = 32;
    static final int ELEMENTS_MAX = 1_000_000;
    static final int ELEMENT_DEPTH_MAX = 64;
    static final int ITEMS_MAX = 20_000;

    /// Characters of one value we keep.
    static final int VALUE_CHARS_MAX = 16_384;

    /// Characters of a path inside an archive.
    static final int NAME_CHARS_MAX = 1_024;

    /// Lines of an invoice whose amounts are complained of.
    static final int FAULTS_MAX = 5;

    static final int FINDING_CHARS_MAX = 1_000;

    static Limits of(Settings settings) {
        return new Limits(
                settings.integer("document_bytes_max"),
                Long.parseLong(settings.text("archive_bytes_max")),
                settings.integer("archive_ratio_max"),
                settings.integer("files_max"));
    }

    /// A finding of bounded length.
    static String shortened(String finding) {
        return finding.length() <= FINDING_CHARS_MAX
                ? finding
                : finding.substring(0, FINDING_CHARS_MAX - 1) + "…";
    }
}
