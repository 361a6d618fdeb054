package dev.mortise.spi.type;

/// The five shapes in which a column lies in memory.
public enum Storage {
    /// One `int` a row: bool (0, 1), int8, int16, int32, date (days since 1970-01-01).
    INT,
    /// One `long` a row: int64, uint64, time and timestamps (microseconds), decimals to 18 digits.
    LONG,
    /// Two `long`s a row, high and low: decimals of 19 to 38 digits, uuid.
    WIDE,
    /// One `double` a row: float32, float64.
    DOUBLE,
    /// Bytes and offsets: text and json in UTF-8, bytes as they are.
    BYTES
}
