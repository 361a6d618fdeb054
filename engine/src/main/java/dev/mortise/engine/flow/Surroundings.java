package dev.mortise.engine.flow;

import dev.mortise.spi.option.Strongbox;
import java.util.Map;
import java.util.Optional;

/// What stands outside a project's documents and is put into them.
///
/// @param environment for `${env:NAME}`
/// @param params for `${param:name}`
/// @param secrets for `${secret:name}`
public record Surroundings(
        Map<String, String> environment, Map<String, String> params, Secrets secrets) {
    public Surroundings {
        environment = Map.copyOf(environment);
        params = Map.copyOf(params);
    }

    /// Without a keeper of secrets.
    public static Surroundings of(Map<String, String> environment, Map<String, String> params) {
        return new Surroundings(environment, params, Secrets.NONE);
    }

    /// Who keeps secrets, and whether anybody does.
    public interface Secrets {
        /// Nobody: secrets come from the environment.
        Secrets NONE =
                new Secrets() {
                    @Override
                    public Optional<String> find(String name) {
                        return Optional.empty();
                    }

                    @Override
                    public boolean isKept() {
                        return false;
                    }
                };

        /// Empty when there is no such secret.
        ///
        /// @throws dev.mortise.spi.problem.ProblemException when secrets cannot be opened
        Optional<String> find(String name);

        /// Whether a secret could be kept here at all.
        default boolean isKept() {
            return true;
        }

        /// Where a connection keeps what it is given while it lives; empty where it has to use
        /// files.
        default Optional<Strongbox> strongbox(String connection) {
            return Optional.empty();
        }
    }
}
