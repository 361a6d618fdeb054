package dev.mortise.spi.digest;

/// Order-free checksum of a set of rows: their count and the sum, modulo 2^64, of the hashes of the
/// rows. Summed, not XORed: equal rows must not cancel out.
public record Digest(long rows, long sum) {
    public static final Digest NONE = new Digest(0, 0);

    public Digest plus(Digest other) {
        return new Digest(rows + other.rows, sum + other.sum);
    }
}
