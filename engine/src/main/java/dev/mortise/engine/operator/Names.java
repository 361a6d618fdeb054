package dev.mortise.engine.operator;

import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Names as DuckDB sees them. It does not tell `A` from `a`; we do.
final class Names {
    /// The column that numbers the rows of a batch on their way through DuckDB.
    static final String ROW = "$row";

    private Names() {}

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /// The names under which expressions see the columns: their own, but of several that differ
    /// only in case the later ones get `_1`, `_2` and so on.
    static List<String> visible(Schema schema) {
        Set<String> taken = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (String name : schema.names()) {
            String visible = name;
            for (int i = 1; !taken.add(visible.toLowerCase(Locale.ROOT)); i++) {
                visible = name + "_" + i;
            }
            names.add(visible);
        }
        return names;
    }
}
