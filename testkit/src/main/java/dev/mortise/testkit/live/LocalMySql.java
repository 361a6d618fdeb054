package dev.mortise.testkit.live;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A MySQL 8.0.15 server with GTIDs, a row binlog, strict mode, utf8mb4 and the login of MySQL 8
/// (`caching_sha2_password`). Set `local_infile` to 0 to forbid `LOAD DATA LOCAL`.
public final class LocalMySql extends LocalMySqlFamily {
    private static final String VERSION = "8.0.15";
    private static final String ARCHIVE = "/mysql-Linux-amd64.tar.gz";

    // Raise it with every change of what a prepared data folder holds.
    private static final int RECIPE = 1;

    private final Path home;

    private LocalMySql(LocalOptions options, Path home) {
        super("mysql", options, home.resolve("bin/mysqld"), template(home));
        this.home = home;
    }

    public static LocalMySql start() {
        return start(LocalOptions.defaults());
    }

    public static LocalMySql start(LocalOptions options) {
        requireLibraries();
        return started(new LocalMySql(options, Binaries.fromTar("mysql-" + VERSION, ARCHIVE)));
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:mariadb://%s:%d/%s?allowPublicKeyRetrieval=true"
                .formatted(host(), port(), database);
    }

    @Override
    Map<String, String> ownSettings() {
        return Map.of(
                "basedir", home.toString(),
                "lc-messages-dir", home.resolve("share").toString(),
                "collation-server", "utf8mb4_0900_ai_ci",
                "gtid-mode", "ON",
                "enforce-gtid-consistency", "ON",
                "mysqlx", "OFF");
    }

    @Override
    List<String> users() {
        return List.of(
                "create user if not exists '%s'@'%%' identified by '%s'"
                        .formatted(USER, password()),
                "grant all privileges on *.* to '%s'@'%%' with grant option".formatted(USER),
                "alter user 'root'@'localhost' account lock");
    }

    @Override
    String recursionLimit() {
        return "cte_max_recursion_depth";
    }

    private static Path template(Path home) {
        return template(
                "mysql-" + VERSION + "-data" + RECIPE,
                (data, log, account) -> {
                    var settings = new LinkedHashMap<String, String>();
                    settings.put("basedir", home.toString());
                    settings.put("lc-messages-dir", home.resolve("share").toString());
                    settings.put("datadir", data.toString());
                    var command = words(home.resolve("bin/mysqld"), settings);
                    command.add("--initialize-insecure");
                    ServerProcess.run(command, Path.of("/dev/null"), log, account);
                    // The id of a server has to be its own; it is chosen at the first start.
                    Files.deleteIfExists(data.resolve("auto.cnf"));
                });
    }

    private static void requireLibraries() {
        if (installed("libaio.so.1") && installed("libnuma.so.1")) return;
        throw new LocalServerException(
                "MySQL needs the libraries libaio.so.1 and libnuma.so.1:"
                        + " run 'apt-get install libaio1 libnuma1' (libaio1t64 on newer systems)");
    }

    private static boolean installed(String library) {
        return Stream.of("/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib")
                .anyMatch(folder -> Files.exists(Path.of(folder, library)));
    }
}
