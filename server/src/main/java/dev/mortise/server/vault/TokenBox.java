package dev.mortise.server.vault;

import dev.mortise.server.store.Database;
import dev.mortise.server.vault.TokenTurns.Turn;
import dev.mortise.server.vault.TokenTurns.Whose;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.Strongbox;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// The tokens of one connection, sealed like a secret, but shown in no list and referred to by no
/// document.
final class TokenBox implements Strongbox {
    private final Database database;
    private final Vault vault;
    private final TokenTurns turns;
    private final Whose whose;

    TokenBox(Database database, Vault vault, TokenTurns turns, Whose whose) {
        this.database = database;
        this.vault = vault;
        this.turns = turns;
        this.whose = whose;
    }

    @Override
    public <T> T alone(Duration waitMax, Function<Slot, T> work) {
        return turns.alone(whose, waitMax, turn -> work.apply(new Held(turn)));
    }

    @Override
    public <T> Optional<T> ifIdle(Function<Slot, T> work) {
        return turns.ifIdle(whose, turn -> work.apply(new Held(turn)));
    }

    private final class Held implements Slot {
        private final Turn turn;

        Held(Turn turn) {
            this.turn = turn;
        }

        @Override
        public Optional<Secret> read() {
            return vault.find(Vault.tokensOf(whose.project()), whose.connection());
        }

        @Override
        public void save(Secret text) {
            database.write(
                    dsl -> {
                        turns.demand(dsl, turn);
                        return vault.keepTokens(dsl, whose.project(), whose.connection(), text);
                    });
        }

        @Override
        public void clear() {
            database.write(
                    dsl -> {
                        turns.demand(dsl, turn);
                        String owner = Vault.tokensOf(whose.project());
                        return vault.forget(dsl, owner, whose.connection());
                    });
        }
    }
}
