package dev.mortise.spi.connect;

/// A part of a snapshot that is read, written and committed as one. It is kept in the target's
/// checkpoint, so that a later process can read exactly the parts not yet there.
///
/// @param part numbers the parts of a run from 0
/// @param bounds text that only the connector that made it understands, at most 4,000 characters
public record Range(int part, String bounds) {
    public static final int BOUNDS_MAX = 4_000;
}
