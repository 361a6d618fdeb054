package dev.mortise.connectors.file;

import dev.mortise.spi.option.Settings;

/// The named upper bounds of what a foreign file may make us do.
///
/// @param sampleRows rows looked at to guess types
/// @param sampleBytes bytes looked at to guess types and the charset
/// @param lineBytes longest row
/// @param valueBytes longest value
/// @param columns widest row
/// @param archiveRatio how many times larger a compressed file may become
/// @param archiveBytes how large a compressed file may become
/// @param files how many files a folder or a set may have
record Limits(
        int sampleRows,
        int sampleBytes,
        int lineBytes,
        int valueBytes,
        int columns,
        int archiveRatio,
        long archiveBytes,
        int files) {

    /// Below this many bytes a ratio says nothing: an empty sheet also compresses well.
    static final long RATIO_FREE_BYTES = 16L << 20;

    static final Limits DEFAULT =
            new Limits(10_000, 8 << 20, 16 << 20, 8 << 20, 4_096, 200, 64L << 30, 10_000);

    static Limits of(Settings settings) {
        return new Limits(
                settings.integer("sample_rows"),
                settings.integer("sample_bytes_max"),
                settings.integer("line_bytes_max"),
                settings.integer("value_bytes_max"),
                settings.integer("columns_max"),
                settings.integer("archive_ratio_max"),
                Long.parseLong(settings.text("archive_bytes_max")),
                settings.integer("files_max"));
    }
}
