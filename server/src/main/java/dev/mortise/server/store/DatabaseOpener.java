package dev.mortise.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jooq.SQLDialect;

/// Opens the database and brings its tables up to date.
final class DatabaseOpener {
    private static final int READERS = 4;
    private static final int SHARED = 16;
    private static final List<String> SCHEMES = List.of("postgres", "postgresql");

    private DatabaseOpener() {}

    /// @param url empty for SQLite in the home
    static Database open(Path home, String url) {
        Database database = url.isEmpty() ? sqlite(home.resolve("mortise.db")) : postgres(url);
        try {
            Migrations.apply(database);
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /// WAL stays with the file; `synchronous` does not, so every connection asks for it.
    private static Database sqlite(Path file) {
        String url = "jdbc:sqlite:" + file + "?journal_mode=WAL&synchronous=FULL&foreign_keys=true";
        // Once without the pool, which would log a stack and wait for what does not come.
        try (Connection tried = DriverManager.getConnection(url);
                Statement statement = tried.createStatement()) {
            statement.execute("pragma schema_version");
        } catch (SQLException e) {
            throw DatabaseProblems.file(file, e);
        }
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
            if (url.getHost() == null || !SCHEMES.contains(url.getScheme())) {
                throw new IllegalArgumentException();
            }
            String user = url.getRawUserInfo() == null ? "" : url.getRawUserInfo();
            int colon = user.indexOf(':');
            int port = url.getPort() < 0 ? 5432 : url.getPort();
            config.setJdbcUrl("jdbc:postgresql://" + url.getHost() + ":" + port + url.getPath());
            config.setUsername(decoded(colon < 0 ? user : user.substring(0, colon)));
            config.setPassword(decoded(colon < 0 ? "" : user.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.OPTION_INVALID,
                            "expected the address of a PostgreSQL database, got something else",
                            "--database",
                            "write it like postgres://user:password@host:5432/mortise"));
        }
        try {
            // As above.
            DriverManager.getConnection(
                            config.getJdbcUrl(), config.getUsername(), config.getPassword())
                    .close();
        } catch (SQLException e) {
            throw DatabaseProblems.unreachable(shown(config), e);
        }
        config.setMaximumPoolSize(SHARED);
        config.setMinimumIdle(1);
        HikariDataSource pool = new HikariDataSource(config);
        return new Database(SQLDialect.POSTGRES, pool, pool);
    }

    private static String shown(HikariConfig config) {
        String address = config.getJdbcUrl().substring("jdbc:postgresql://".length());
        return "postgres://" + config.getUsername() + "@" + address;
    }

    private static String decoded(String text) {
        // A plus is a plus here; only forms write a space so.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
