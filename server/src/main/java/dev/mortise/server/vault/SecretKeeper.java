package dev.mortise.server.vault;

import dev.mortise.engine.flow.Surroundings;

/// Who keeps the secrets that documents refer to.
public interface SecretKeeper {
    /// The secrets of one project.
    Surroundings.Secrets of(String project);
}
