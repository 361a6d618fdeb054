package dev.mortise.connectors.mysql;

/// A table and the database it is in. Tables of the connection's own database go by their name
/// alone, those of others by `database.table`.
record TableName(String database, String table) {
    static TableName parse(String name, String ownDatabase) {
        int dot = name.indexOf('.');
        return dot < 0
                ? new TableName(ownDatabase, name)
                : new TableName(name.substring(0, dot), name.substring(dot + 1));
    }

    String shown(String ownDatabase) {
        return database.equals(ownDatabase) ? table : database + "." + table;
    }

    TableName sibling(String other) {
        return new TableName(database, other);
    }

    String sql() {
        return Sql.name(database) + "." + Sql.name(table);
    }
}
