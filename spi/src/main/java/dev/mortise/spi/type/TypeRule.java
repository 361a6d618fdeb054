package dev.mortise.spi.type;

/// One row of a connector's published type table.
///
/// @param nativeType as the system spells it, parameters as letters: `numeric(p,s)`
/// @param type ours, as [Type#text] spells it, parameters as letters
/// @param way which way the row is meant
public record TypeRule(String nativeType, String type, Way way, Loss loss) {
    public enum Way {
        READ,
        WRITE,
        BOTH
    }

    public static TypeRule both(String nativeType, String type) {
        return new TypeRule(nativeType, type, Way.BOTH, Loss.NONE);
    }

    public static TypeRule read(String nativeType, String type, Loss loss) {
        return new TypeRule(nativeType, type, Way.READ, loss);
    }

    public static TypeRule write(String nativeType, String type, Loss loss) {
        return new TypeRule(nativeType, type, Way.WRITE, loss);
    }
}
