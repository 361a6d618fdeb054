package dev.mortise.api.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// A process ends at every step of a grant in turn; the next one must still be signed in.
final class CrashTest {
    private final TestClock clock = new TestClock();
    private final Vendor vendor = new Vendor();
    private final MemoryTokenStore disk = new MemoryTokenStore();

    /// How far a process comes before it ends.
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    /// Refresh tokens are good for one use; the last use is answered again in the same way.
    private final class Vendor implements Grant {
        private final Map<String, Integer> used = new HashMap<>();
        private int newest;

        @Override
        public Granted ask(Ask ask) {
            Ask.Refresh refresh = (Ask.Refresh) ask;
            String token = refresh.refreshToken().reveal();
            // Some vendors want the pair; a crash must not part the two.
            String access = refresh.access().orElseThrow().reveal();
            if (!access.substring(1).equals(token.substring(1))) {
                throw ProblemException.of(ProblemCode.LOGIN_REFUSED, "no pair", "");
            }
            if (!token.equals("r" + newest) && used.getOrDefault(token, 0) != newest) {
                throw ProblemException.of(ProblemCode.LOGIN_REFUSED, "used up", "");
            }
            if (token.equals("r" + newest)) {
                newest++;
                used.put(token, newest);
            }
            return granted(newest);
        }
    }

    private Granted granted(int n) {
        return new Granted(
                new Secret("t" + n),
                Optional.of(clock.instant().plus(Duration.ofHours(1))),
                Optional.of(new Secret("r" + n)),
                Map.of());
    }

    /// Ends before its n-th step; a step is a save or a grant.
    private final class Mortal implements TokenStore {
        private int left;

        Mortal(int left) {
            this.left = left;
        }

        private void step() {
            if (left-- == 0) {
                throw new Crash();
            }
        }

        Token token() {
            Grant grant =
                    ask -> {
                        step();
                        return vendor.ask(ask);
                    };
            TokenRules rules = GrantingProcess.signedIn();
            return new TokenBroker(this, grant, rules, clock, clock).token();
        }

        @Override
        public <T> T alone(Duration waitMax, Function<Slot, T> work) {
            return disk.alone(waitMax, slot -> work.apply(stepping(slot)));
        }

        @Override
        public <T> Optional<T> ifIdle(Function<Slot, T> work) {
            return disk.ifIdle(slot -> work.apply(stepping(slot)));
        }

        private Slot stepping(Slot slot) {
            return new Slot() {
                @Override
                public TokenState read() {
                    return slot.read();
                }

                @Override
                public void save(TokenState state) {
                    step();
                    slot.save(state);
                }
            };
        }
    }

    @Test
    void staysSignedInWhereverAProcessEnds() {
        new TokenBroker(disk, vendor, GrantingProcess.signedIn(), clock, clock).accept(granted(0));
        // Three steps make a grant: note it, make it, save what it gave.
        for (int steps = 0; steps < 3; steps++) {
            clock.pause(Duration.ofHours(2));
            Mortal dying = new Mortal(steps);
            assertThrows(Crash.class, dying::token);
            int before = vendor.newest;
            Token token = new Mortal(3).token();
            assertEquals("t" + vendor.newest, token.value().reveal());
            assertTrue(vendor.newest - before <= 1, "no more than one new grant");
        }
        assertEquals(3, vendor.newest, "each round of the three renewed once");
    }
}
