package dev.mortise.connectors.mysql;

import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Type;
import org.jspecify.annotations.Nullable;

/// A column as the catalogue describes it.
///
/// @param dataType the bare type: `int`, `varchar`, `json` (also where MariaDB checks a longtext)
/// @param columnType the type with its parameters: `int unsigned`, `varchar(20)`
/// @param collation null unless it is text
/// @param digits places after the point: of seconds for times, of the number for decimals
/// @param generated whether the server computes it
/// @param filled whether the server fills it when it is not written
record MySqlColumn(
        Field field,
        String dataType,
        String columnType,
        @Nullable String collation,
        int digits,
        boolean generated,
        boolean filled) {

    String name() {
        return field.name();
    }

    Type type() {
        return field.type();
    }

    boolean unsigned() {
        return columnType.contains("unsigned");
    }

    /// The number in the brackets of the type, or -1.
    int length() {
        int open = columnType.indexOf('(');
        int end = open < 0 ? -1 : columnType.indexOf(')', open);
        String inside = end < 0 ? "" : columnType.substring(open + 1, end);
        return inside.matches("\\d{1,9}") ? Integer.parseInt(inside) : -1;
    }

    /// The column as it stands in DDL, without key, default and extras.
    String ddl() {
        String charset =
                collation == null
                        ? ""
                        : " character set "
                                + (collation.contains("_")
                                        ? collation.substring(0, collation.indexOf('_'))
                                        : collation)
                                + " collate "
                                + collation;
        return Sql.name(name()) + " " + columnType + charset;
    }
}
