package dev.mortise.api.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class TokenBrokerTest {
    private static final Duration LIFE = Duration.ofHours(2);

    private final TestClock clock = new TestClock();
    private final TokenStore store = new MemoryTokenStore();
    private final List<Instant> grants = new ArrayList<>();

    private TokenBroker broker(TokenRules rules, Grant grant) {
        return new TokenBroker(
                store,
                ask -> {
                    grants.add(clock.instant());
                    return grant.ask(ask);
                },
                rules,
                clock,
                clock);
    }

    private Granted counted() {
        return Granted.of(new Secret("t" + grants.size()), clock.instant().plus(LIFE));
    }

    private static TokenRules rules(Renewal renewal, Pace pace, Duration activation) {
        TokenRules d = TokenRules.DEFAULTS;
        return new TokenRules(
                Duration.ofMinutes(10),
                d.lifeAssumed(),
                renewal,
                activation,
                pace,
                true,
                Duration.ofSeconds(30));
    }

    private static TokenRules rules(Renewal renewal) {
        return rules(renewal, new Pace(Duration.ZERO, 0), Duration.ZERO);
    }

    private static String value(Token token) {
        return token.value().reveal();
    }

    @Test
    void asksOnceUntilTheTokenIsNearItsEnd() {
        TokenBroker broker = broker(rules(Renewal.BOTH_LIVE), _ -> counted());
        assertEquals("t1", value(broker.token()));
        clock.pause(LIFE.minusMinutes(10).minusSeconds(1));
        assertEquals("t1", value(broker.token()));
        clock.pause(Duration.ofSeconds(1));
        assertEquals("t2", value(broker.token()));
        assertEquals(2, grants.size());
    }

    /// The vendor's clock is behind ours: each call would make a grant.
    @Test
    void usesATokenThatHasEndedBeforeItCame() {
        TokenBroker broker =
                broker(
                        rules(Renewal.BOTH_LIVE),
                        _ -> Granted.of(new Secret("t"), clock.instant().minusSeconds(60)));
        broker.token();
        broker.token();
        assertEquals(1, grants.size());
        clock.pause(TokenRules.LIFE_MIN);
        broker.token();
        assertEquals(2, grants.size());
    }

    @Test
    void servesTheOldTokenWhileARenewalFails() {
        AtomicInteger calls = new AtomicInteger();
        TokenBroker broker =
                broker(
                        rules(Renewal.BOTH_LIVE),
                        _ -> {
                            if (calls.incrementAndGet() > 1) {
                                throw ProblemException.of(ProblemCode.TIMED_OUT, "no answer", "");
                            }
                            return counted();
                        });
        broker.token();
        clock.pause(LIFE.minusMinutes(5));
        assertEquals("t1", value(broker.token()));
        clock.pause(Duration.ofMinutes(6));
        ProblemException e = assertThrows(ProblemException.class, broker::token);
        assertEquals(ProblemCode.TIMED_OUT, e.problem().code());
    }

    @Test
    void doesNotWaitForTheOneWhoRenewsAhead() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        TokenBroker broker =
                broker(
                        rules(Renewal.BOTH_LIVE),
                        _ -> {
                            if (grants.size() > 1) {
                                asked.countDown();
                                join(answer);
                            }
                            return counted();
                        });
        broker.token();
        clock.pause(LIFE.minusMinutes(5));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Token> renewing = threads.submit(broker::token);
            asked.await();
            assertEquals("t1", value(broker.token()), "others are served the old one");
            answer.countDown();
            assertEquals("t2", value(renewing.get()));
        }
        assertEquals("t2", value(broker.token()));
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void makesOneGrantForAllWhoReportTheSameToken() throws Exception {
        TokenBroker broker = broker(rules(Renewal.OLD_DIES), _ -> counted());
        Token stale = broker.token();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Token>> renewed = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                renewed.add(threads.submit(() -> broker.renew(stale)));
            }
            for (Future<Token> token : renewed) {
                assertEquals("t2", value(token.get()));
            }
        }
        assertEquals(2, grants.size());
    }

    @Test
    void countsGrantsThatGiveTheSameTokenAgain() throws Exception {
        Secret same = new Secret("same");
        TokenBroker broker =
                broker(
                        rules(Renewal.SAME_AGAIN),
                        _ -> Granted.of(same, clock.instant().plus(LIFE)));
        Token stale = broker.token();
        Token renewed = broker.renew(stale);
        assertTrue(renewed.serial() > stale.serial());
        broker.renew(stale);
        assertEquals(2, grants.size(), "a report of the older serial asks nobody");
    }

    @Test
    void believesNoLongerLifeOfTheSameTokenGivenAgain() {
        Secret same = new Secret("same");
        TokenBroker broker =
                broker(
                        rules(Renewal.SAME_AGAIN),
                        _ -> Granted.of(same, clock.instant().plus(LIFE)));
        Instant end = broker.token().expiresAt();
        clock.pause(LIFE.minusMinutes(8));
        assertEquals(end, broker.token().expiresAt());
    }

    @Test
    void doesNotUseATokenThatDiesByItsRenewal() {
        TokenBroker broker = broker(rules(Renewal.OLD_DIES), _ -> counted());
        broker.token();
        clock.pause(LIFE.minusMinutes(5));
        assertEquals("t2", value(broker.token()));
    }

    @Test
    void bridgesTheActivationOfANewTokenWithTheOld() {
        Duration delay = Duration.ofSeconds(5);
        TokenBroker broker =
                broker(rules(Renewal.BOTH_LIVE, new Pace(Duration.ZERO, 0), delay), _ -> counted());
        Instant start = clock.instant();
        broker.token();
        assertEquals(start.plus(delay), clock.instant(), "the first has nothing to bridge it");
        clock.pause(LIFE.minusMinutes(9));
        assertEquals("t1", value(broker.token()));
        assertEquals("t1", value(broker.token()));
        assertEquals(2, grants.size());
        clock.pause(delay);
        assertEquals("t2", value(broker.token()));
    }

    @Test
    void bridgesNothingWithATokenThatWasRefused() {
        Duration delay = Duration.ofSeconds(5);
        TokenBroker broker =
                broker(rules(Renewal.BOTH_LIVE, new Pace(Duration.ZERO, 0), delay), _ -> counted());
        Token first = broker.token();
        Instant refused = clock.instant();
        assertEquals("t2", value(broker.renew(first)));
        assertEquals("t2", value(broker.token()));
        assertEquals(refused.plus(delay), clock.instant(), "it waits until the new one works");
    }

    @Test
    void keepsThePaceOfGrants() {
        Pace pace = new Pace(Duration.ofSeconds(2), 3);
        TokenBroker broker = broker(rules(Renewal.OLD_DIES, pace, Duration.ZERO), _ -> counted());
        Token token = broker.token();
        for (int i = 0; i < 2; i++) {
            token = broker.renew(token);
        }
        Token last = token;
        ProblemException e = assertThrows(ProblemException.class, () -> broker.renew(last));
        assertEquals(ProblemCode.THROTTLED, e.problem().code());
        clock.pause(Duration.ofSeconds(40));
        assertEquals("t4", value(broker.renew(last)));
        assertEquals(Duration.ofSeconds(2), Duration.between(grants.get(0), grants.get(1)));
        assertEquals(Duration.ofSeconds(60), Duration.between(grants.get(0), grants.get(3)));
    }

    @Test
    void asksOnceForAllWhoWaitForAGrantThatFails() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        TokenBroker broker =
                broker(
                        rules(Renewal.BOTH_LIVE),
                        _ -> {
                            join(answer);
                            throw ProblemException.of(ProblemCode.LOGIN_REFUSED, "no", "");
                        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Token>> callers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                callers.add(threads.submit(broker::token));
            }
            answer.countDown();
            for (Future<Token> caller : callers) {
                assertThrows(Exception.class, caller::get);
            }
        }
        assertEquals(1, grants.size());
        clock.pause(Duration.ofSeconds(2));
        assertThrows(ProblemException.class, broker::token);
        assertEquals(2, grants.size(), "after a while it is tried again");
    }

    @Test
    void usesARotatedRefreshTokenOnlyAfterItIsSaved() {
        List<Ask> asks = new ArrayList<>();
        TokenBroker broker =
                broker(
                        rules(Renewal.BOTH_LIVE),
                        ask -> {
                            asks.add(ask);
                            return rotated(asks.size());
                        });
        Token token = broker.token();
        assertEquals("r1", savedRefreshToken());
        broker.renew(token);
        assertEquals("r2", savedRefreshToken());
        assertEquals("r1", ((Ask.Refresh) asks.get(1)).refreshToken().reveal());
        assertFalse(((Ask.Refresh) asks.get(1)).again());
    }

    private Granted rotated(int n) {
        return new Granted(
                new Secret("t" + n),
                Optional.of(clock.instant().plus(LIFE)),
                Optional.of(new Secret("r" + n)),
                Map.of("host", "https://app" + n + ".example.com"));
    }

    private String savedRefreshToken() {
        return store.alone(
                Duration.ZERO, slot -> slot.read().refreshToken().orElseThrow().reveal());
    }

    @Test
    void keepsWhatCouldNotBeSavedAndSavesItLater() {
        FullDisk disk = new FullDisk(store);
        TokenBroker broker =
                new TokenBroker(
                        disk,
                        ask -> {
                            grants.add(clock.instant());
                            disk.full = true;
                            return rotated(grants.size());
                        },
                        rules(Renewal.BOTH_LIVE),
                        clock,
                        clock);
        assertThrows(ProblemException.class, broker::token);
        disk.full = false;
        assertEquals("t1", value(broker.token()));
        assertEquals("r1", savedRefreshToken());
        assertEquals(1, grants.size());
    }

    @Test
    void wantsASignInWhereThereIsNone() {
        TokenBroker broker = broker(GrantingProcess.signedIn(), _ -> counted());
        ProblemException e = assertThrows(ProblemException.class, broker::token);
        assertTrue(e.problem().fix().contains("Authorize"), e::toString);
        assertEquals(0, grants.size());
        Token accepted = broker.accept(rotated(7));
        assertSame(accepted, broker.token());
        assertEquals("https://app7.example.com", accepted.told().get("host"));
    }

    /// Refuses to save while it is full.
    private static final class FullDisk implements TokenStore {
        private final TokenStore store;
        private boolean full;

        FullDisk(TokenStore store) {
            this.store = store;
        }

        @Override
        public <T> T alone(Duration waitMax, Function<Slot, T> work) {
            return store.alone(waitMax, slot -> work.apply(wrapped(slot)));
        }

        @Override
        public <T> Optional<T> ifIdle(Function<Slot, T> work) {
            return store.ifIdle(slot -> work.apply(wrapped(slot)));
        }

        private Slot wrapped(Slot slot) {
            return new Slot() {
                @Override
                public TokenState read() {
                    return slot.read();
                }

                @Override
                public void save(TokenState state) {
                    if (full) {
                        throw ProblemException.of(ProblemCode.IO_FAILED, "disk full", "");
                    }
                    slot.save(state);
                }
            };
        }
    }
}
