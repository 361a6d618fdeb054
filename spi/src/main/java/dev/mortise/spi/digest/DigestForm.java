package dev.mortise.spi.digest;

/// A way to turn columns of a row into a number. A [Digest] sums those of all compared columns; of
/// that of the key the upper 60 bits, modulo the count of buckets, are the row's bucket. Both sides
/// of a comparison use a form that both can compute; digests of different forms say nothing about
/// each other. Rows equal in any form are equal in the canonical one; but a form may take equal
/// rows for different, which costs time, for those are then compared one by one.
///
/// @param name the same only where the same numbers come out; a form that a system computes with
///     means of its own has the system's name in it
public record DigestForm(String name) {
    /// The first 64 bits of the md5 of the encoding that [CanonicalColumn] describes.
    public static final DigestForm CANONICAL = new DigestForm("canonical");

    /// A hash of the values as they lie in a batch: cheap, but only computed here.
    public static final DigestForm PLAIN = new DigestForm("plain");
}
