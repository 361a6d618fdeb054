package dev.mortise.api.auth;

import dev.mortise.api.recipe.Message;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.TreeReader;
import java.util.Optional;

/// Where a call carries a token.
public sealed interface TokenPlace {

    /// @param prefix stands before the token, with its space
    record Header(String name, String prefix) implements TokenPlace {}

    record Query(String name) implements TokenPlace {}

    /// @param name empty when the token is a whole `Cookie` header, as a session is
    record Cookie(String name) implements TokenPlace {}

    /// RFC 6750 section 2.1.
    static TokenPlace bearer() {
        return new Header("Authorization", "Bearer ");
    }

    /// Reads `place` below `auth`: `{header: X-Token, prefix: 'Token '}`, `{query: access_token}`
    /// or `{cookie: SESSION}`.
    static TokenPlace read(TreeReader auth, TokenPlace fallback) {
        Optional<TreeReader> found = auth.inner("place", "'place' of 'auth'");
        if (found.isEmpty()) {
            return fallback;
        }
        TreeReader reader = found.get();
        Optional<String> header = reader.text("header");
        Optional<String> query = reader.text("query");
        Optional<String> cookie = reader.text("cookie");
        String prefix = reader.text("prefix", "");
        reader.end();
        if (header.isPresent()) {
            return new Header(header.get(), prefix);
        }
        if (query.isPresent()) {
            return new Query(query.get());
        }
        if (cookie.isEmpty()) {
            auth.invalid("place", "one of header, query and cookie");
        }
        return new Cookie(cookie.orElse(""));
    }

    /// The message with the token in its place.
    default Message put(Message message, Secret token) {
        return switch (this) {
            case Header(var name, var prefix) -> message.withHeader(name, prefix + token.reveal());
            case Query(var name) -> message.withQuery(name, token.reveal());
            case Cookie(var name) ->
                    Cookies.add(
                            message, name.isEmpty() ? token.reveal() : name + "=" + token.reveal());
        };
    }
}
