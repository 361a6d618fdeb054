package dev.mortise.cli.serve;

import com.sun.net.httpserver.HttpServer;
import dev.mortise.testkit.live.LocalMariaDb;
import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Two databases of which the studio knows nothing: a PostgreSQL with buyers, a MariaDB that calls
/// them customers. A journey changes the first one by a request to [#change], as its owners would.
final class JourneySystems implements AutoCloseable {
    private static final String[] SHOP = {
        "create schema sales",
        """
        create table sales.buyer (
          buyer_no varchar(20) primary key, full_name varchar(80) not null, email varchar(120),
          city varchar(40), credit_limit numeric(12,2), joined_on date,
          updated_at timestamp not null)
        """,
        "comment on table sales.buyer is '客户'",
        "comment on column sales.buyer.full_name is '客户名称'",
        "comment on column sales.buyer.credit_limit is '信用额度'",
        """
        insert into sales.buyer
        select 'B' || lpad(i::text, 5, '0'), 'Buyer ' || i, 'b' || i || '@shop.example',
               (array['上海','Berlin','Paris'])[1 + i % 3], i * 1.25,
               date '2024-01-01' + i % 365, timestamp '2025-01-01' + (i || ' minutes')::interval
        from generate_series(1, 1200) i
        """,
        "create table sales.invoice (invoice_no bigint primary key, buyer_no varchar(20) not null)",
        "analyze"
    };
    private static final String[] SUPPORT = {
        """
        create table customer (
          customer_no varchar(20) primary key, name varchar(80) not null comment '客户名称',
          email varchar(120), city varchar(40), credit decimal(12,2) comment '信用额度',
          joined date, updated_at datetime(6) not null) comment '客户' default charset utf8mb4
        """,
        "create table ticket (id bigint primary key, customer_no varchar(20) not null)"
    };

    private final LocalServer shop;
    private final LocalServer support;
    private final HttpServer change;

    private JourneySystems(LocalServer shop, LocalServer support) throws IOException {
        this.shop = shop;
        this.support = support;
        this.change =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        change.createContext(
                "/rename",
                exchange -> {
                    try (exchange) {
                        rename();
                        exchange.sendResponseHeaders(204, -1);
                    } catch (SQLException e) {
                        exchange.sendResponseHeaders(500, -1);
                    }
                });
        change.start();
    }

    /// Starts and fills them side by side.
    static JourneySystems start() throws IOException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<LocalServer> shop =
                    threads.submit(() -> fill(LocalPostgres::start, "shop", SHOP));
            Future<LocalServer> support =
                    threads.submit(() -> fill(LocalMariaDb::start, "support", SUPPORT));
            return new JourneySystems(shop.get(), support.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException("a database did not start", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static LocalServer fill(
            Callable<? extends LocalServer> start, String database, String... statements)
            throws Exception {
        LocalServer server = start.call();
        server.createDatabase(database);
        server.executeIn(database, statements);
        return server;
    }

    /// What the owners of the shop do one night without telling anybody.
    private void rename() throws SQLException {
        shop.executeIn(
                "shop", "alter table sales.buyer rename column credit_limit to credit_ceiling");
    }

    /// What a journey is told: two addresses as a colleague would paste them.
    Map<String, String> environment() {
        return Map.of(
                "SHOP_ADDRESS", address("postgres", shop, "shop"),
                "SUPPORT_ADDRESS", address("mysql", support, "support"),
                "SHOP_CHANGE", "http://127.0.0.1:%d/".formatted(change.getAddress().getPort()));
    }

    private static String address(String scheme, LocalServer server, String database) {
        return "%s://%s:%s@%s:%d/%s"
                .formatted(
                        scheme,
                        server.user(),
                        server.password(),
                        server.host(),
                        server.port(),
                        database);
    }

    @Override
    public void close() {
        change.stop(0);
        support.close();
        shop.close();
    }
}
