package dev.mortise.testkit.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// A PostgreSQL 18.4 server with `wal_level=logical`, UTF-8, and password login (SCRAM) for a user
/// that may do everything.
public final class LocalPostgres extends LocalServer {
    private static final String VERSION = "18.4.0";
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

    private final Path home;

    private LocalPostgres(LocalOptions options) {
        super("postgres", options);
        this.home = Binaries.fromTar("postgres-" + VERSION, ARCHIVE);
    }

    public static LocalPostgres start() {
        return start(LocalOptions.defaults());
    }

    public static LocalPostgres start(LocalOptions options) {
        return started(new LocalPostgres(options));
    }

    @Override
    public String database() {
        return "postgres";
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(host(), port(), database);
    }

    @Override
    void initialise() throws IOException {
        if (Files.exists(folder.data().resolve("PG_VERSION"))) return;
        var command = new ArrayList<String>();
        command.add(home.resolve("bin/initdb").toString());
        command.addAll(List.of("-D", folder.data().toString(), "-U", USER, "-E", "UTF8"));
        command.addAll(List.of("--auth=scram-sha-256", "--pwfile=" + folder.passwordFile()));
        command.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        command.addAll(List.of("--locale=C", "--no-instructions"));
        if (folder.temporary()) command.add("--no-sync");
        ServerProcess.run(command, Path.of("/dev/null"), folder.log(), account);
    }

    @Override
    List<String> command(int port) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("wal_level", "logical");
        settings.put("max_connections", "100");
        settings.put("max_wal_size", "4GB");
        settings.put("fsync", "on");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        // Segments in files of the data folder vanish with it, even after a kill.
        settings.put("dynamic_shared_memory_type", "mmap");
        settings.putAll(options.settings());
        settings.put("listen_addresses", host());
        settings.put("unix_socket_directories", "");
        settings.put("port", Integer.toString(port));
        var command = new ArrayList<String>();
        command.add(home.resolve("bin/postgres").toString());
        command.addAll(List.of("-D", folder.data().toString()));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    @Override
    Signal orderly() {
        return Signal.INT;
    }

    @Override
    Signal abrupt() {
        return Signal.QUIT;
    }
}
