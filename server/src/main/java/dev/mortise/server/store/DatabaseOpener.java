package dev.mortise.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jooq.SQLDialect;

/// Opens the database and brings its tables up to date.
final class DatabaseOpener {
    private static final int READERS = 4;
    private static final int SHARED = 16;

    private DatabaseOpener() {}

    /// @param url empty for SQLite in the home
    static Database open(Path home, String url) {
        Database database = url.isEmpty() ? sqlite(home.resolve("mortise.db")) : postgres(url);
        migrate(database);
        return database;
    }

    /// WAL stays with the file; `synchronous` does not, so every connection asks for it.
    private static Database sqlite(Path file) {
        String url = "jdbc:sqlite:" + file + "?journal_mode=WAL&synchronous=FULL&foreign_keys=true";
        HikariConfig writer = new HikariConfig();
        writer.setPoolName("writer");
        writer.setJdbcUrl(url + "&busy_timeout=30000&transaction_mode=IMMEDIATE");
        writer.setMaximumPoolSize(1);
        HikariDataSource writers = new HikariDataSource(writer);
        HikariConfig reader = new HikariConfig();
        reader.setPoolName("readers");
        reader.setJdbcUrl(url + "&busy_timeout=30000");
        reader.setConnectionInitSql("pragma query_only = true");
        reader.setMaximumPoolSize(READERS);
        reader.setMinimumIdle(1);
        return new Database(SQLDialect.SQLITE, new HikariDataSource(reader), writers);
    }

    private static Database postgres(String text) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("postgres");
        try {
            URI url = URI.create(text);
            String user = url.getRawUserInfo() == null ? "" : url.getRawUserInfo();
            int colon = user.indexOf(':');
            int port = url.getPort() < 0 ? 5432 : url.getPort();
            config.setJdbcUrl("jdbc:postgresql://" + url.getHost() + ":" + port + url.getPath());
            config.setUsername(decoded(colon < 0 ? user : user.substring(0, colon)));
            config.setPassword(decoded(colon < 0 ? "" : user.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(
                    ProblemCode.OPTION_INVALID,
                    "the address of the database cannot be read",
                    "write it like postgres://user:password@host:5432/mortise");
        }
        config.setMaximumPoolSize(SHARED);
        config.setMinimumIdle(1);
        HikariDataSource pool = new HikariDataSource(config);
        return new Database(SQLDialect.POSTGRES, pool, pool);
    }

    private static String decoded(String text) {
        return java.net.URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void migrate(Database database) {
        boolean shared = database.isShared();
        Map<String, String> words =
                shared
                        ? Map.of(
                                "identity",
                                "bigint generated always as identity primary key",
                                "bytes",
                                "bytea")
                        : Map.of("identity", "integer primary key autoincrement", "bytes", "blob");
        Flyway.configure(DatabaseOpener.class.getClassLoader())
                .dataSource(database.writers())
                .locations("classpath:dev/mortise/server/migrations")
                .placeholders(words)
                .outOfOrder(false)
                .load()
                .migrate();
    }
}
