package dev.mortise.connectors.jdbc;

import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Type;

/// A type as a database spells it, beside ours.
///
/// @param sql as it stands in DDL
/// @param type what values must be to be written there, or become when read
/// @param loss what is lost on that way
public record NativeType(String sql, Type type, Loss loss) {
    public static NativeType of(String sql, Type type) {
        return new NativeType(sql, type, Loss.NONE);
    }
}
