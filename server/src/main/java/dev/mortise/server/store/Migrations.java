package dev.mortise.server.store;

import java.util.Arrays;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.exception.FlywayValidateException;

/// Brings the tables up to date, each step once, all that are due in one transaction. Tables of a
/// newer version are left alone.
final class Migrations {
    private static final Map<String, String> SHARED =
            Map.of("identity", "bigint generated always as identity primary key", "bytes", "bytea");
    private static final Map<String, String> OWN =
            Map.of("identity", "integer primary key autoincrement", "bytes", "blob");

    private Migrations() {}

    static void apply(Database database) {
        Flyway flyway =
                Flyway.configure(Migrations.class.getClassLoader())
                        .dataSource(database.writers())
                        .locations("classpath:dev/mortise/server/migrations")
                        .placeholders(database.isShared() ? SHARED : OWN)
                        .outOfOrder(false)
                        .group(true)
                        .load();
        MigrationInfo[] steps = flyway.info().all();
        String known = newest(steps, true);
        String found = newest(steps, false);
        if (!known.equals(found)) {
            throw DatabaseProblems.newer(found, known);
        }
        try {
            flyway.migrate();
        } catch (FlywayValidateException e) {
            throw DatabaseProblems.altered(line(e), e);
        } catch (FlywayException e) {
            if (line(e).contains("non-empty schema")) {
                throw DatabaseProblems.foreign(e);
            }
            throw e;
        }
    }

    /// @param known only of those this version has; otherwise of those in the tables too
    private static String newest(MigrationInfo[] steps, boolean known) {
        return Arrays.stream(steps)
                .filter(step -> step.getVersion() != null)
                .filter(step -> !known || step.getState().isResolved())
                .map(MigrationInfo::getVersion)
                .max(java.util.Comparator.naturalOrder())
                .map(Object::toString)
                .orElse("0");
    }

    private static String line(FlywayException e) {
        return String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\n\\s*", " ");
    }
}
