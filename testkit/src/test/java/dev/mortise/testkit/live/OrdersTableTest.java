package dev.mortise.testkit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("live")
final class OrdersTableTest {
    private static final int ROWS = 60_000;

    @Test
    void holdsTheSameValuesOnEveryServer() throws SQLException {
        var expected = rows(LocalServers.postgres());
        assertEquals(ROWS + 1, expected.size());
        assertSame(expected, rows(LocalServers.mariaDb()));
        assertSame(expected, rows(LocalServers.mySql()));
    }

    private static void assertSame(List<String> expected, List<String> actual) {
        assertEquals(expected.size(), actual.size());
        for (var i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i), actual.get(i));
        }
    }

    private static List<String> rows(LocalServer server) throws SQLException {
        var database = server.freshDatabase("orders_table");
        OrdersTable.create(server, database, ROWS);
        OrdersTable.create(server, database, "small", 1);
        var rows = new ArrayList<String>();
        for (var table : List.of("orders", "small")) {
            read(server, database, table, rows);
        }
        server.dropDatabase(database);
        return rows;
    }

    private static void read(LocalServer server, String database, String table, List<String> rows)
            throws SQLException {
        var utc = Calendar.getInstance(TimeZone.getTimeZone("UTC"));
        try (var connection = server.connect(database);
                var statement = connection.createStatement();
                var found = statement.executeQuery("select * from " + table + " order by id")) {
            while (found.next()) {
                var row = new ArrayList<Object>();
                for (var i = 1; i <= 6; i++) {
                    row.add(found.getString(i));
                }
                row.add(found.getDouble(7));
                row.add(found.getObject(8, LocalDateTime.class));
                row.add(found.getTimestamp(9, utc).toInstant());
                row.add(found.getBoolean(10));
                row.add(found.getString(11));
                row.add(sorted(found.getString(12)));
                rows.add(row.toString());
            }
        }
    }

    // The servers keep the members of a JSON object in orders, with blanks and zeros of their own.
    private static List<String> sorted(String json) {
        var members = json.replaceAll("[{} ]|\\.0+\\b|(?<=\\.[0-9])0+\\b", "").split(",", -1);
        return List.of(members).stream().sorted().toList();
    }
}
