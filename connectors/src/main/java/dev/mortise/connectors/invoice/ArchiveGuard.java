package dev.mortise.connectors.invoice;

import dev.mortise.api.page.CountedStream;
import java.io.IOException;
import java.io.InputStream;

/// Counts what comes out of one file on the disk, whatever the archives in it say of themselves,
/// and stops it at the limits. Used by one thread.
final class ArchiveGuard {
    private final Limits limits;
    private final long compressed;
    private long grown;
    private int entries;

    /// @param compressed bytes of the file on the disk
    ArchiveGuard(Limits limits, long compressed) {
        this.limits = limits;
        this.compressed = Math.max(1, compressed);
    }

    Limits limits() {
        return limits;
    }

    void countEntry() throws Refusal {
        if (++entries > Limits.ENTRIES_MAX) {
            throw new Refusal(
                    "expected an archive of at most %d entries, got more"
                            .formatted(Limits.ENTRIES_MAX));
        }
    }

    /// The same bytes, counted.
    InputStream watch(InputStream in) {
        return new CountedStream(in, this::count);
    }

    /// The whole of a stream.
    ///
    /// @throws Refusal when it is longer than a document may be
    byte[] document(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(limits.documentBytes() + 1);
        if (bytes.length > limits.documentBytes()) {
            throw new Refusal(
                    "expected a document of at most %d bytes, got more; if it is to be trusted,"
                                    .formatted(limits.documentBytes())
                            + " raise 'document_bytes_max'");
        }
        return bytes;
    }

    private void count(int bytes) throws Refusal {
        grown += bytes;
        boolean swollen =
                grown > Limits.RATIO_FREE_BYTES && grown / compressed > limits.archiveRatio();
        if (swollen || grown > limits.archiveBytes()) {
            throw new Refusal(
                    ("expected an archive to grow at most %d times and to %d bytes, %d bytes have"
                                    + " grown to %d; if it is to be trusted, raise"
                                    + " 'archive_ratio_max' or 'archive_bytes_max'")
                            .formatted(
                                    limits.archiveRatio(),
                                    limits.archiveBytes(),
                                    compressed,
                                    grown));
        }
    }
}
