package dev.mortise.bench.workload;

import dev.mortise.bench.race.Output;
import dev.mortise.bench.tool.Product;
import dev.mortise.bench.tool.Project;
import dev.mortise.bench.tool.Psql;
import dev.mortise.testkit.live.LocalMariaDb;
import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServer;
import dev.mortise.testkit.live.OrdersTable;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The servers and programs workloads share, each started when first asked for.
public final class Systems implements AutoCloseable {
    private final Path folder;
    private final Product product;
    private final Psql psql = Psql.find();
    private final Map<String, String> orders = new HashMap<>();
    private @Nullable LocalPostgres postgres;
    private @Nullable LocalMariaDb mariaDb;
    private final List<Closeable> others = new ArrayList<>();
    private int folders;

    /// @param folder for projects and files, ours alone
    public Systems(Path folder, Product product) {
        this.folder = folder;
        this.product = product;
    }

    Product product() {
        return product;
    }

    Psql psql() {
        return psql;
    }

    LocalPostgres postgres() {
        LocalPostgres running = postgres;
        if (running == null) {
            running = LocalPostgres.start();
            postgres = running;
        }
        return running;
    }

    LocalMariaDb mariaDb() {
        LocalMariaDb running = mariaDb;
        if (running == null) {
            running = LocalMariaDb.start();
            mariaDb = running;
        }
        return running;
    }

    /// A database of the server whose table `orders` has that many rows.
    String orders(LocalServer server, long rows) throws SQLException {
        String key = server.port() + "/" + rows;
        String known = orders.get(key);
        if (known != null) {
            return known;
        }
        String database = server.freshDatabase("source");
        OrdersTable.create(server, database, rows);
        orders.put(key, database);
        return database;
    }

    /// What a true copy of that many orders looks like on a server of the same make.
    Output truth(LocalServer server, long rows) throws SQLException {
        return Digests.read(server, orders(server, rows), Digests.orders(server, "orders"));
    }

    /// Closes something together with the servers.
    void closeLater(Closeable other) {
        others.add(other);
    }

    Path newFolder() throws IOException {
        return Files.createDirectories(folder.resolve("run" + ++folders));
    }

    Project newProject() throws IOException {
        return new Project(newFolder());
    }

    /// The releases of what has been started so far.
    public Map<String, String> versions() throws SQLException {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("jdk", Runtime.version().toString());
        if (postgres != null) {
            versions.put("postgres", version(postgres, "show server_version"));
        }
        if (mariaDb != null) {
            versions.put("mariadb", version(mariaDb, "select version()"));
        }
        return versions;
    }

    private static String version(LocalServer server, String sql) throws SQLException {
        try (var connection = server.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() throws IOException {
        for (Closeable other : others) {
            other.close();
        }
        if (postgres != null) {
            postgres.close();
        }
        if (mariaDb != null) {
            mariaDb.close();
        }
    }
}
