package dev.mortise.connectors.jdbc;

import java.util.Locale;

/// The two halves of a dataset's name.
///
/// @param schema empty when the name stands in the default schema
public record TableName(String schema, String table) {
    /// Tables that are ours begin so and are never listed.
    public static final String OURS = "mortise_";

    /// Takes `sales.orders` apart at its first dot.
    public static TableName parse(String dataset) {
        int dot = dataset.indexOf('.');
        return dot < 0
                ? new TableName("", dataset)
                : new TableName(dataset.substring(0, dot), dataset.substring(dot + 1));
    }

    public TableName in(String defaultSchema) {
        return schema.isEmpty() ? new TableName(defaultSchema, table) : this;
    }

    /// Another table of the same schema, of ours, for one task. Its name depends on both, so that
    /// a later run of the task finds it and no other task does; it fits 30 characters.
    public TableName ours(String purpose, String task) {
        String hash = Integer.toHexString((task + '\n' + table).hashCode());
        return new TableName(schema, OURS + purpose + "_" + hash.toLowerCase(Locale.ROOT));
    }

    public String sql(Dialect dialect) {
        return schema.isEmpty()
                ? dialect.quote(table)
                : dialect.quote(schema) + "." + dialect.quote(table);
    }

    /// Whether a name fits a pattern in which `*` stands for any run of characters.
    public static boolean matches(String pattern, String name) {
        StringBuilder regex = new StringBuilder();
        for (String literal : pattern.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*")
                    .append(java.util.regex.Pattern.quote(literal));
        }
        return name.matches(regex.toString());
    }
}
