package dev.mortise.spi.type;

/// What the values of a column are. Closed: every connector maps its native types to these, and
/// the engine knows no others. [Storage] says how a column of the type lies in memory.
public sealed interface Type permits Scalar, Decimal {
    /// The name in documents and messages, such as `int64` or `decimal(18,2)`.
    String text();

    /// How a column of this type lies in memory.
    Storage storage();

    /// Parses a name as [#text] gives it.
    ///
    /// @throws IllegalArgumentException when the text names no type
    static Type parse(String text) {
        String name = text.strip().toLowerCase(java.util.Locale.ROOT);
        return name.startsWith("decimal") ? Decimal.parse(name) : Scalar.parse(name);
    }
}
