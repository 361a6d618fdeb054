package dev.mortise.testkit.contract;

import dev.mortise.spi.type.Type;

/// A value of a native type and what becomes of it.
///
/// @param nativeType as a column is declared: `numeric(20,4)`
/// @param literal as the system's own language writes the value: `'1.5'::numeric`
/// @param type ours
/// @param text the value as canonical text of our type
/// @param written whether the text, written to such a column, reads as the same text again
public record TypeCase(String nativeType, String literal, Type type, String text, boolean written) {
    public static TypeCase both(String nativeType, String literal, Type type, String text) {
        return new TypeCase(nativeType, literal, type, text, true);
    }

    public static TypeCase read(String nativeType, String literal, Type type, String text) {
        return new TypeCase(nativeType, literal, type, text, false);
    }
}
