package dev.mortise.server.home;

import dev.mortise.api.budget.Budget;
import dev.mortise.api.budget.Limits;
import dev.mortise.api.budget.Usage;
import dev.mortise.engine.flow.Connection;
import dev.mortise.server.alert.QuotaSource;
import dev.mortise.server.store.Database;
import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// How far the calls that vendors allow are used, read from where the runs of this machine count
/// them.
@Component
final class Quotas implements QuotaSource {
    private static final String LIMITS = "limits";

    private final Database database;
    private final Targets targets;

    Quotas(Database database, Targets targets) {
        this.database = database;
        this.targets = targets;
    }

    /// @param budget the name of the limit
    /// @param resetsAt null for a window that moves
    /// @param exhaustedAt when nothing will be left if it goes on so; null when it will last
    record Quota(
            String connection,
            String budget,
            long used,
            long limit,
            @Nullable Instant resetsAt,
            @Nullable Instant exhaustedAt) {}

    List<Quota> of(String project) {
        List<Quota> quotas = new ArrayList<>();
        for (Connection connection :
                targets.project(project, database.now()).connections().values()) {
            limits(connection).ifPresent(limits -> usage(connection, limits, quotas));
        }
        return quotas;
    }

    private static Optional<Limits> limits(Connection connection) {
        boolean may =
                connection.factory().options().stream().map(Option::name).anyMatch(LIMITS::equals);
        Optional<Tree> tree = may ? connection.settings().tree(LIMITS) : Optional.empty();
        return tree.map(found -> Limits.read(found, connection.name(), new ArrayList<>()));
    }

    private static void usage(Connection connection, Limits limits, List<Quota> quotas) {
        Path folder = connection.settings().folder().resolve(".mortise").resolve(LIMITS);
        // Without the folder nothing was ever called; asking must not make it.
        if (!Files.isDirectory(folder)) {
            return;
        }
        for (Usage usage : Budget.open(connection.name(), limits, folder, Instant::now).usage()) {
            quotas.add(
                    new Quota(
                            connection.name(),
                            usage.limit(),
                            usage.used(),
                            usage.max(),
                            usage.resetsAt().orElse(null),
                            usage.runsOutAt().orElse(null)));
        }
    }

    @Override
    public List<Reading> read(String project) {
        return of(project).stream()
                .map(q -> new Reading(q.connection(), q.budget(), q.used(), q.limit()))
                .toList();
    }
}
