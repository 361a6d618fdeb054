package dev.mortise.spi.connect;

/// What becomes of the rows that are already in the target.
public enum WriteMode {
    /// They stay; the new ones are added.
    APPEND,
    /// Rows with the same key are replaced column by column; the others stay.
    UPSERT,
    /// The table holds only the new rows afterwards. Readers see the old table until the swap.
    REPLACE,
    /// As UPSERT, and rows whose key did not arrive are deleted, in one step at the end.
    MIRROR
}
