package dev.mortise.connectors.postgres;

import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Type;
import org.jspecify.annotations.Nullable;

/// A column as the catalogue describes it.
///
/// @param base type name after domains are taken off
/// @param nativeType as `format_type` spells it
/// @param filled whether the server fills the column when it is not written
/// @param identityAlways `generated always as identity`
/// @param computed `generated always as (…)`: cannot be written
record PostgresColumn(
        String name,
        String base,
        String nativeType,
        Mapping mapping,
        boolean nullable,
        boolean filled,
        boolean identityAlways,
        boolean computed,
        @Nullable String comment) {

    /// Our type for a native one, and how its values travel.
    record Mapping(Type type, Form form, Loss loss) {}

    Type type() {
        return mapping.type();
    }

    Form form() {
        return mapping.form();
    }

    Field field() {
        return new Field(
                name, type(), nullable, nativeType, comment, mapping.loss(), filled || computed);
    }

    /// The native type in one spelling: a catalogue tells more words than a declaration needs.
    String declaration() {
        return nativeType
                .replace(" without time zone", "")
                .replace("timestamp with time zone", "timestamptz");
    }

    /// What is selected to read the column.
    String selected() {
        return switch (form()) {
            case CAST_TEXT -> Sql.name(name) + "::text";
            case CAST_JSON -> "to_jsonb(" + Sql.name(name) + ")";
            default -> Sql.name(name);
        };
    }
}
