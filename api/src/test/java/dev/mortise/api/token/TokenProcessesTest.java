package dev.mortise.api.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real processes share one token through a real folder and a real server.
final class TokenProcessesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder = Path.of("");

    @Test
    void makesOneGrantForTwoProcessesOfTwoHundredThreads() throws Exception {
        try (TokenServer server = new TokenServer(false)) {
            seed(Instant.now().minusSeconds(1));
            List<Process> processes = new ArrayList<>();
            List<Path> outs = List.of(folder.resolve("a.out"), folder.resolve("b.out"));
            try {
                for (Path out : outs) {
                    processes.add(start(server, 200, out, "lives"));
                }
                outs.forEach(out -> await(out, "ready"));
                for (Process process : processes) {
                    go(process);
                }
                for (Process process : processes) {
                    assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
                    assertEquals(0, process.exitValue());
                }
            } finally {
                processes.forEach(Process::destroyForcibly);
            }
            assertEquals(1, server.grants.get(), "grants");
            assertEquals(1, server.atOnceMax.get(), "grants at once");
            assertEquals("t1", Files.readString(outs.get(0)));
            assertEquals("t1", Files.readString(outs.get(1)));
        }
    }

    @Test
    void keepsTheRefreshTokenOverAKillBetweenGrantAndSave() throws Exception {
        try (TokenServer server = new TokenServer(true)) {
            killAfterTheGrant(server);
            List<Ask> asks = new ArrayList<>();
            Grant grant = noting(GrantingProcess.overHttp(server.url()), asks);

            TokenBroker next = GrantingProcess.broker(folder, grant, GrantingProcess.signedIn());

            assertEquals("t1", next.token().value().reveal());
            assertEquals(1, asks.size());
            Ask.Refresh refresh = (Ask.Refresh) asks.getFirst();
            assertEquals("r0", refresh.refreshToken().reveal());
            assertTrue(refresh.again(), "the next process knows that a grant was under way");
            assertEquals("t2", next.renew(next.token()).value().reveal(), "the rotated one works");
        }
    }

    @Test
    void fallsBackToALongerCredentialAfterAKill() throws Exception {
        try (TokenServer server = new TokenServer(false)) {
            killAfterTheGrant(server);
            List<Ask> asks = new ArrayList<>();
            Grant grant = noting(GrantingProcess.overHttp(server.url()), asks);

            TokenBroker next = GrantingProcess.broker(folder, grant, TokenRules.DEFAULTS);

            assertEquals("t2", next.token().value().reveal());
            assertEquals(2, asks.size());
            assertEquals(new Ask.Fresh(), asks.getLast());
        }
    }

    @Test
    void saysHowToSignInAgainWhenNothingElseIsLeft() throws Exception {
        try (TokenServer server = new TokenServer(false)) {
            killAfterTheGrant(server);
            TokenBroker next =
                    GrantingProcess.broker(
                            folder,
                            GrantingProcess.overHttp(server.url()),
                            GrantingProcess.signedIn());

            ProblemException e = assertThrows(ProblemException.class, next::token);

            assertEquals(ProblemCode.LOGIN_REFUSED, e.problem().code());
            assertTrue(e.problem().message().contains("before the answer was saved"), e::toString);
            assertTrue(e.problem().fix().contains("once more"), e::toString);
        }
    }

    private void killAfterTheGrant(TokenServer server) throws Exception {
        seed(Instant.now().minusSeconds(1));
        Path out = folder.resolve("dying.out");
        Process process = start(server, 1, out, "dies");
        try {
            await(out, "ready");
            go(process);
            await(out, "granted");
        } finally {
            process.destroyForcibly();
        }
        assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        assertEquals(1, server.grants.get(), "the grant was made before the kill");
    }

    /// A token that ends at a given time, with the refresh token `r0`.
    private void seed(Instant end) {
        Token token = new Token(1, new Secret("t0"), end, end, end, Map.of());
        TokenState state = TokenState.EMPTY.given(token, Optional.of(new Secret("r0")));
        new FileTokenStore(folder, GrantingProcess.CONNECTION, GrantingProcess.SECRET)
                .alone(
                        PATIENCE,
                        slot -> {
                            slot.save(state);
                            return state;
                        });
    }

    private static Grant noting(Grant grant, List<Ask> asks) {
        return ask -> {
            asks.add(ask);
            return grant.ask(ask);
        };
    }

    private Process start(TokenServer server, int threads, Path out, String mode)
            throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GrantingProcess.class.getName(),
                        server.url().toString(),
                        folder.toString(),
                        Integer.toString(threads),
                        out.toString(),
                        mode)
                .redirectError(folder.resolve(out.getFileName() + ".err").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void go(Process process) throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    private static void await(Path file, String text) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!Files.exists(file) || !Files.readString(file).equals(text)) {
                assertTrue(System.nanoTime() - end < 0, "no '" + text + "' in " + file);
                LockSupport.parkNanos(5_000_000);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
