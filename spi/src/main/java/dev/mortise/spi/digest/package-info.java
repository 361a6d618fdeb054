/// Checksums of rows: the forms in which systems agree on them, and how they are computed here.
///
/// ```
/// row ─► form: which bytes stand for a value ─► hash ─► Digest: count and sums of a bucket of keys
/// ```
@NullMarked
package dev.mortise.spi.digest;

import org.jspecify.annotations.NullMarked;
