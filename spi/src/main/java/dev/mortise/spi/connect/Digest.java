package dev.mortise.spi.connect;

/// Order-free checksum of a set of rows: their count and the sums, modulo 2^64, of the two halves
/// of the md5 of each row's encoding. Summed, not XORed: equal rows must not cancel out.
public record Digest(long rows, long high, long low) {
    public static final Digest NONE = new Digest(0, 0, 0);

    public Digest plus(Digest other) {
        return new Digest(rows + other.rows, high + other.high, low + other.low);
    }
}
