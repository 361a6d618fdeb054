package dev.mortise.testkit.live;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One server of each make for all tests of a JVM, started when first asked for and stopped with
/// the JVM. A test works in a `freshDatabase` of its own; one that kills, stops or reconfigures a
/// server starts its own.
public final class LocalServers {
    private static final Shared<LocalPostgres> POSTGRES = new Shared<>(LocalPostgres::start);
    private static final Shared<LocalMariaDb> MARIADB = new Shared<>(LocalMariaDb::start);
    private static final Shared<LocalMySql> MYSQL = new Shared<>(LocalMySql::start);

    private LocalServers() {}

    public static LocalPostgres postgres() {
        return POSTGRES.server();
    }

    public static LocalMariaDb mariaDb() {
        return MARIADB.server();
    }

    public static LocalMySql mySql() {
        return MYSQL.server();
    }

    private static final class Shared<S extends LocalServer> {
        private final Supplier<S> starter;
        private @Nullable S running;

        Shared(Supplier<S> starter) {
            this.starter = starter;
        }

        synchronized S server() {
            var server = running;
            if (server != null) return server;
            server = starter.get();
            running = server;
            return server;
        }
    }
}
