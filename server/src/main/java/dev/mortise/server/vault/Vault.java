package dev.mortise.server.vault;

import dev.mortise.engine.flow.Surroundings;
import dev.mortise.server.document.SecretKeeper;
import org.springframework.stereotype.Component;

/// The secrets of each project.
@Component
final class Vault implements SecretKeeper {
    @Override
    public Surroundings.Secrets of(String project) {
        return Surroundings.Secrets.NONE;
    }
}
