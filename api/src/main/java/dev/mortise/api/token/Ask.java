package dev.mortise.api.token;

import dev.mortise.spi.option.Secret;
import java.util.Optional;

/// What a token is asked for with.
public sealed interface Ask {
    /// With the connection's own credential: id and secret, a key, a user.
    record Fresh() implements Ask {}

    /// With a refresh token, which may be good for one use only.
    ///
    /// @param access the token given last, ended or not, which some vendors want beside it; empty
    ///     when none was ever kept
    /// @param again whether it was sent before and no answer was kept: the vendor may give the same
    ///     answer, or say that it is used up
    record Refresh(Secret refreshToken, Optional<Secret> access, boolean again) implements Ask {}
}
