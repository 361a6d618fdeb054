package dev.mortise.spi.type;

import org.jspecify.annotations.Nullable;

/// A named, typed column of a schema.
///
/// @param nativeType the type as the system itself spells it; null where no system stands behind
/// @param comment what the system's catalogue says about the column; null where it says nothing
/// @param loss what reading this column loses
/// @param filled whether its system gives it a value where none is written: by default, identity or
///     expression
public record Field(
        String name,
        Type type,
        boolean nullable,
        @Nullable String nativeType,
        @Nullable String comment,
        Loss loss,
        boolean filled) {

    /// One that its system gives no value.
    public Field(
            String name,
            Type type,
            boolean nullable,
            @Nullable String nativeType,
            @Nullable String comment,
            Loss loss) {
        this(name, type, nullable, nativeType, comment, loss, false);
    }

    public static Field of(String name, Type type) {
        return new Field(name, type, true, null, null, Loss.NONE);
    }

    public static Field required(String name, Type type) {
        return new Field(name, type, false, null, null, Loss.NONE);
    }

    /// The same column where its system gives it a value, or gives it none.
    public Field filled(boolean itself) {
        return new Field(name, type, nullable, nativeType, comment, loss, itself);
    }

    /// Whether a row cannot be written without a value for it.
    public boolean needed() {
        return !nullable && !filled;
    }

    public Field named(String other) {
        return new Field(other, type, nullable, nativeType, comment, loss);
    }

    /// The same column with another type; what the system called it no longer holds.
    public Field typed(Type other) {
        return new Field(name, other, nullable, null, comment, Loss.NONE);
    }
}
