package dev.mortise.spi.type;

import java.util.Locale;

/// Every type that takes no parameters.
public enum Scalar implements Type {
    BOOL(Storage.INT),
    INT8(Storage.INT),
    INT16(Storage.INT),
    INT32(Storage.INT),
    INT64(Storage.LONG),
    UINT64(Storage.LONG),
    FLOAT32(Storage.DOUBLE),
    FLOAT64(Storage.DOUBLE),
    TEXT(Storage.BYTES),
    BYTES(Storage.BYTES),
    /// Days since 1970-01-01 in the proleptic Gregorian calendar.
    DATE(Storage.INT),
    /// Microseconds since midnight; 24:00 is 86,400,000,000.
    TIME(Storage.LONG),
    /// Microseconds since 1970-01-01 00:00 of a wall clock without zone. `Long.MAX_VALUE` and
    /// `Long.MIN_VALUE` are infinity and minus infinity.
    TIMESTAMP(Storage.LONG),
    /// Microseconds since 1970-01-01 00:00 UTC: an instant. Infinities as in TIMESTAMP.
    TIMESTAMPTZ(Storage.LONG),
    UUID(Storage.WIDE),
    JSON(Storage.BYTES);

    private final Storage storage;
    private final String text = name().toLowerCase(Locale.ROOT);

    Scalar(Storage storage) {
        this.storage = storage;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public Storage storage() {
        return storage;
    }

    static Scalar parse(String name) {
        for (Scalar scalar : values()) {
            if (scalar.text.equals(name)) {
                return scalar;
            }
        }
        throw new IllegalArgumentException("no type is called '" + name + "'");
    }
}
