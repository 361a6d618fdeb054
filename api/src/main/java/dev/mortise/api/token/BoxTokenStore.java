package dev.mortise.api.token;

import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.Strongbox;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/// Keeps the tokens of a connection in the place its surroundings have for it. What was given to
/// another client, or by another server, than the connection names now is as good as nothing: it is
/// never sent there.
public final class BoxTokenStore implements TokenStore {
    private final Strongbox box;
    private final String holder;

    /// @param holder to whom, by whom and for what the tokens were given; it holds no secret
    public BoxTokenStore(Strongbox box, String holder) {
        this.box = box;
        this.holder = hash(holder);
    }

    private static String hash(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public <T> T alone(Duration waitMax, Function<Slot, T> work) {
        return box.alone(waitMax, inner -> work.apply(new Held(inner)));
    }

    @Override
    public <T> Optional<T> ifIdle(Function<Slot, T> work) {
        return box.ifIdle(inner -> work.apply(new Held(inner)));
    }

    /// The holder in the first line, the state behind it.
    private final class Held implements Slot {
        private final Strongbox.Slot inner;

        Held(Strongbox.Slot inner) {
            this.inner = inner;
        }

        @Override
        public TokenState read() {
            String text = inner.read().map(Secret::reveal).orElse("");
            if (!text.startsWith(holder + "\n")) {
                return TokenState.EMPTY;
            }
            byte[] state = text.substring(holder.length() + 1).getBytes(StandardCharsets.UTF_8);
            try {
                return StateJson.parse(state);
            } catch (IOException e) {
                throw new ProblemException(
                        Problem.of(
                                ProblemCode.FILE_CORRUPT,
                                "the tokens that are kept cannot be read",
                                "consent to the connection again"),
                        e);
            }
        }

        @Override
        public void save(TokenState state) {
            if (state.equals(TokenState.EMPTY)) {
                inner.clear();
                return;
            }
            String text = new String(StateJson.write(state), StandardCharsets.UTF_8);
            inner.save(new Secret(holder + "\n" + text));
        }
    }
}
