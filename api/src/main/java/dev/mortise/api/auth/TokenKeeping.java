package dev.mortise.api.auth;

import dev.mortise.api.token.TokenStore;
import dev.mortise.spi.option.Secret;
import java.util.Optional;

/// Gives the store of a connection's tokens.
@FunctionalInterface
public interface TokenKeeping {
    /// @param seal a secret of the connection, which may seal what is kept; blank when it has none
    /// @param holder of tokens that, once lost, only a person can replace: to whom, by whom and for
    ///     what they were given. Empty when the connection can ask for others at any time
    TokenStore of(Secret seal, Optional<String> holder);
}
