package dev.mortise.spi.digest;

import dev.mortise.spi.type.Type;

/// A column and the type in which two systems compare it. A row is encoded column by column: `N`
/// for null, else `V`, the length in bytes in decimal, `:`, and the UTF-8 bytes of the canonical
/// text of the value as that type ([dev.mortise.spi.batch.Cell]), in these forms:
/// bool 0 or 1; decimals with exactly `scale` digits; float64 as 16 hex digits of its IEEE bits and
/// float32 as 8; times with exactly six fraction digits; timestamptz in UTC without the Z; bytes in
/// lower-case hex; json with sorted keys and no space.
/// The length prefix and the null tag leave no two rows with one encoding.
public record CanonicalColumn(String name, Type type) {}
