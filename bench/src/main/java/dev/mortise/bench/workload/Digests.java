package dev.mortise.bench.workload;

import dev.mortise.bench.race.Output;
import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServer;
import java.sql.SQLException;

/// Queries that give the count of a table and a hash that does not depend on the order of its rows.
final class Digests {
    private static final String PLAIN =
            "id, customer_id, status, country, amount, qty, price, created_at, updated_at, active,"
                    + " note, ";

    private Digests() {}

    /// JSON is taken apart, because systems write equal documents differently.
    static String orders(LocalServer server, String table) {
        return orders(server, table, "");
    }

    /// @param more further columns, each after a comma
    static String orders(LocalServer server, String table, String more) {
        if (server instanceof LocalPostgres) {
            return "select count(*), coalesce(sum(hashtextextended(concat_ws('|', "
                    + PLAIN
                    + "attrs->>'tier', (attrs->>'score')::float8, attrs->>'tag'"
                    + more
                    + "), 0)::numeric), 0)::text from "
                    + table;
        }
        return "select count(*), cast(coalesce(sum(cast(conv(left(md5(concat_ws('|', "
                + PLAIN
                + "json_value(attrs, '$.tier'), cast(json_value(attrs, '$.score') as double),"
                + " json_value(attrs, '$.tag')"
                + more
                + ")), 15), 16, 10) as unsigned)), 0) as char) from "
                + table;
    }

    /// What a scan costs that counts and hashes every row with the server's own means.
    static String scan(LocalServer server, String table) {
        if (server instanceof LocalPostgres) {
            return "select count(*), sum(hashtextextended(t::text, 0)) from " + table + " t";
        }
        return "select count(*), sum(crc32(concat_ws('|', " + PLAIN + "attrs))) from " + table;
    }

    static Output read(LocalServer server, String database, String sql) throws SQLException {
        try (var connection = server.connect(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return new Output(rows.getLong(1), rows.getString(2));
        }
    }
}
