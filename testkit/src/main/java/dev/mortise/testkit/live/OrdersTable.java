package dev.mortise.testkit.live;

import java.sql.Connection;
import java.sql.SQLException;

/// The `orders` table that tests and benchmarks copy: twelve mixed columns whose values follow from
/// the id alone, so that it is equal on every server and for every size.
public final class OrdersTable {
    private static final int CHUNK = 50_000;

    private static final String POSTGRES_TABLE =
            """
            create table %s(id bigint primary key, customer_id int, status varchar(16),
              country char(2), amount numeric(12,2), qty smallint, price double precision,
              created_at timestamp, updated_at timestamptz, active boolean, note text, attrs jsonb)
            """;

    private static final String POSTGRES_ROWS =
            """
            insert into %s select i, (i*7919)%%100000,
              (array['new','paid','shipped','done','returned'])[1+i%%5],
              (array['CN','US','DE','FR','JP'])[1+i%%5],
              ((i*31)%%1000000)/100.0, i%%100, ((i*17)%%100000)/7.0,
              timestamp '2024-01-01'+(i||' seconds')::interval,
              timestamptz '2024-06-01 00:00+00'+(i||' seconds')::interval,
              i%%3=0, 'note for order '||md5(i::text),
              jsonb_build_object('tier',i%%4,'score',(i%%1000)/10.0,'tag','t'||i%%50)
            from generate_series(1,%d::bigint) i
            """;

    // The zone of `updated_at` is the session's: a timestamp column is an instant in this family.
    private static final String MYSQL_TABLE =
            """
            create table %s(id bigint primary key, customer_id int, status varchar(16),
              country char(2), amount decimal(12,2), qty smallint, price double,
              created_at datetime(6), updated_at timestamp(6) null, active boolean, note text,
              attrs json) engine=innodb default charset=utf8mb4
            """;

    private static final String MYSQL_ROWS =
            """
            insert into %s select i, (i*7919)%%100000,
              elt(1+i%%5,'new','paid','shipped','done','returned'),
              elt(1+i%%5,'CN','US','DE','FR','JP'),
              ((i*31)%%1000000)/100.0, i%%100, ((i*17)%%100000)/7e0,
              timestampadd(second,i,timestamp'2024-01-01 00:00:00'),
              timestampadd(second,i,timestamp'2024-06-01 00:00:00'),
              i%%3=0, concat('note for order ',md5(i)),
              json_object('tier',i%%4,'score',cast((i%%1000)/10.0 as decimal(6,1)),
                'tag',concat('t',i%%50))
            from (with recursive n(i) as
              (select cast(%d as signed) union all select i+1 from n where i<%d)
              select i from n) as numbers
            """;

    private OrdersTable() {}

    /// Creates the table under the name `orders` in a database of the server.
    public static void create(LocalServer server, String database, long rows) throws SQLException {
        create(server, database, "orders", rows);
    }

    public static void create(LocalServer server, String database, String table, long rows)
            throws SQLException {
        switch (server) {
            case LocalPostgres _ -> createInPostgres(server, database, table, rows);
            case LocalMySqlFamily family -> createInMySql(family, database, table, rows);
        }
    }

    private static void createInPostgres(
            LocalServer server, String database, String table, long rows) throws SQLException {
        server.executeIn(
                database,
                POSTGRES_TABLE.formatted(table),
                POSTGRES_ROWS.formatted(table, rows),
                "vacuum (freeze, analyze) " + table);
    }

    private static void createInMySql(
            LocalMySqlFamily server, String database, String table, long rows) throws SQLException {
        try (var connection = server.connect(database)) {
            run(connection, MYSQL_TABLE.formatted(table));
            run(connection, "set time_zone = '+00:00', " + server.recursionLimit() + " = " + CHUNK);
            for (var first = 1L; first <= rows; first += CHUNK) {
                var last = Math.min(first + CHUNK - 1, rows);
                run(connection, MYSQL_ROWS.formatted(table, first, last));
            }
            run(connection, "analyze table " + table);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
