package dev.mortise.testkit.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What MariaDB and MySQL have in common: the settings, the one user, and a prepared data folder
/// that is copied for every server, because creating one takes seconds.
abstract sealed class LocalMySqlFamily extends LocalServer permits LocalMariaDb, LocalMySql {
    private final Path program;
    private final Path template;

    LocalMySqlFamily(String kind, LocalOptions options, Path program, Path template) {
        super(kind, options);
        this.program = program;
        this.template = template;
    }

    /// Settings beyond those of the family.
    abstract Map<String, String> ownSettings();

    /// Statements, one a line, that make sure of the user on every start.
    abstract List<String> users();

    /// The session variable that bounds recursive queries.
    abstract String recursionLimit();

    @Override
    public String database() {
        return USER;
    }

    @Override
    final void initialise() throws IOException {
        if (Files.exists(folder.data())) return;
        folder.copyData(template.resolve("data"));
    }

    @Override
    final List<String> command(int port) throws IOException {
        var settings = new LinkedHashMap<String, String>();
        settings.put("character-set-server", "utf8mb4");
        settings.put("sql-mode", "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE");
        settings.put("default-time-zone", "+00:00");
        settings.put("log-bin", "binlog");
        settings.put("binlog-format", "ROW");
        settings.put("server-id", Integer.toString(port));
        settings.put("local-infile", "1");
        settings.put("max-allowed-packet", "64M");
        settings.put("innodb-flush-log-at-trx-commit", "1");
        settings.put("innodb-buffer-pool-size", "256M");
        settings.putAll(ownSettings());
        options.settings().forEach((name, value) -> settings.put(name.replace('_', '-'), value));
        settings.put("datadir", folder.data().toString());
        settings.put("tmpdir", folder.data().toString());
        settings.put("bind-address", host());
        settings.put("port", Integer.toString(port));
        settings.put("socket", folder.root().resolve("socket").toString());
        settings.put("pid-file", folder.root().resolve("pid").toString());
        settings.put("init-file", folder.write("init.sql", initSql()).toString());
        return words(program, settings);
    }

    static List<String> words(Path program, Map<String, String> settings) {
        var words = new ArrayList<String>();
        words.add(program.toString());
        words.add("--no-defaults");
        settings.forEach((name, value) -> words.add("--" + name + "=" + value));
        return words;
    }

    /// A data folder without users, made once and kept beside the programs.
    static Path template(String name, Preparation preparation) {
        return BinaryCache.entry(
                name,
                folder -> {
                    var account = Account.current();
                    account.own(folder);
                    var data = Files.createDirectory(folder.resolve("data"));
                    account.own(data);
                    preparation.prepare(data, folder.resolve("setup.log"), account);
                });
    }

    /// Fills the data folder of a new server.
    interface Preparation {
        void prepare(Path data, Path log, Account account) throws IOException;
    }

    @Override
    final Signal orderly() {
        return Signal.TERM;
    }

    @Override
    final Signal abrupt() {
        return Signal.KILL;
    }

    private String initSql() {
        var statements = new ArrayList<String>();
        statements.add("set sql_log_bin = 0");
        statements.addAll(users());
        statements.add("create database if not exists " + USER);
        return String.join(";\n", statements) + ";\n";
    }
}
