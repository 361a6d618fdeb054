package dev.mortise.spi.batch;

/// Rows as their system sent them, not taken apart. A sink of the same system can take them as they
/// are, which saves decoding and encoding every value. Immutable; bounded like any batch.
public interface Encoded {
    int rows();

    /// How many bytes the rows have on the wire.
    long bytes();

    /// The columns of all rows.
    ///
    /// @throws dev.mortise.spi.problem.ProblemException VALUE_OUT_OF_RANGE when a value
    ///     fits into no column of ours, as an infinite date
    Column[] decode();

    /// The rows from `start` up to and without `end`.
    Encoded slice(int start, int end);

    /// A row as [RowJson] writes it, also when a value of it fits into no column of ours.
    String json(int row);
}
