package dev.mortise.server.connection;

import dev.mortise.engine.flow.Connection;
import dev.mortise.server.outgoing.Addresses;
import dev.mortise.server.web.ProblemBody;
import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.Health;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a connection was tried, step by step up to the first that does not work.
///
/// @param seconds that all of it took
/// @param problem what the last step met; null when all is well
/// @param version the system's own words; empty when it was not reached
public record Trial(
        boolean ok,
        List<Step> steps,
        double seconds,
        ProblemBody.@Nullable One problem,
        String version) {
    /// @param step `dns`, `tcp`, `tls`, `login`, `privilege` or `version`
    public record Step(String step, boolean ok, ProblemBody.@Nullable One problem) {}

    /// Tries one that may not be saved yet; nothing of it stays open.
    static Trial of(Connection connection) {
        long start = System.nanoTime();
        Health health;
        try {
            health = Deadline.within(Deadline.QUESTION, () -> check(connection));
        } catch (ProblemException e) {
            health =
                    new Health(
                            List.of(),
                            Optional.of(e.problem().at("connection '" + connection.name() + "'")),
                            "");
        }
        double seconds = Math.round((System.nanoTime() - start) / 1e6) / 1e3;
        return of(health, seconds);
    }

    private static Health check(Connection connection) {
        try (Connector connector = Addresses.open(connection)) {
            return connector.check();
        }
    }

    static Trial of(Health health, double seconds) {
        List<Step> steps = new ArrayList<>();
        health.passed().forEach(step -> steps.add(new Step(word(step), true, null)));
        ProblemBody.One problem = health.problem().map(ProblemBody.One::of).orElse(null);
        health.problem()
                .map(found -> failed(found, health.passed()))
                .ifPresent(step -> steps.add(new Step(word(step), false, problem)));
        return new Trial(health.ok(), steps, seconds, problem, health.version());
    }

    private static String word(Health.Step step) {
        return step.name().toLowerCase(Locale.ROOT);
    }

    /// The step a problem belongs to: by what it says, or else the one after those that worked.
    private static Health.Step failed(Problem problem, List<Health.Step> passed) {
        return switch (problem.code()) {
            case HOST_UNKNOWN -> Health.Step.DNS;
            case CONNECTION_REFUSED, ADDRESS_REFUSED -> Health.Step.TCP;
            case TLS_FAILED -> Health.Step.TLS;
            case LOGIN_REFUSED, DATABASE_MISSING -> Health.Step.LOGIN;
            case PRIVILEGE_MISSING -> Health.Step.PRIVILEGE;
            case VERSION_UNSUPPORTED -> Health.Step.VERSION;
            default -> next(passed);
        };
    }

    private static Health.Step next(List<Health.Step> passed) {
        List<Health.Step> all = List.of(Health.Step.values());
        int next = passed.isEmpty() ? 0 : all.indexOf(passed.getLast()) + 1;
        return all.get(Math.min(next, all.size() - 1));
    }
}
