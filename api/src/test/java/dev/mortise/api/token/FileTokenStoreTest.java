package dev.mortise.api.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileTokenStoreTest {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Secret SECRET = new Secret("s3cret");
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @TempDir private Path folder = Path.of("");

    private TokenStore store(String connection, Secret secret) {
        return new FileTokenStore(folder, connection, secret);
    }

    private static TokenState state() {
        Token token =
                new Token(
                        7,
                        new Secret("access-value"),
                        NOW,
                        NOW.plusSeconds(60),
                        NOW.plusSeconds(90),
                        Map.of("host", "h"));
        return TokenState.EMPTY.begun(NOW).given(token, Optional.of(new Secret("refresh-value")));
    }

    private static TokenState read(TokenStore store) {
        return store.alone(WAIT, TokenStore.Slot::read);
    }

    private void save(TokenStore store, TokenState state) {
        store.alone(
                WAIT,
                slot -> {
                    slot.save(state);
                    return state;
                });
    }

    private Path saved() throws IOException {
        try (var files = Files.list(folder)) {
            List<Path> tokens =
                    files.filter(f -> f.getFileName().toString().endsWith(".token")).toList();
            assertEquals(1, tokens.size());
            return tokens.getFirst();
        }
    }

    @Test
    void givesBackWhatWasSaved() {
        save(store("crm", SECRET), state());
        TokenState read = read(store("crm", SECRET));
        assertEquals(7, read.serial());
        assertEquals("refresh-value", read.refreshToken().orElseThrow().reveal());
        Token token = read.token().orElseThrow();
        assertEquals("access-value", token.value().reveal());
        assertEquals(NOW.plusSeconds(90), token.expiresAt());
        assertEquals(Map.of("host", "h"), token.told());
        assertEquals(List.of(NOW), read.attempts());
        assertEquals(Optional.empty(), read.underWay());
    }

    @Test
    void showsNothingToAnyoneElse() throws IOException {
        save(store("crm", SECRET), state());
        String content = Files.readString(saved(), StandardCharsets.ISO_8859_1);
        for (String word : List.of("access", "refresh", "serial", "s3cret")) {
            assertFalse(content.contains(word), "the file shows '" + word + "'");
        }
        if (saved().getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(saved())));
        }
    }

    @Test
    void opensForItsOwnSecretAndConnectionOnly() throws IOException {
        save(store("crm", SECRET), state());
        ProblemException e =
                assertThrows(ProblemException.class, () -> read(store("crm", new Secret("other"))));
        assertEquals(ProblemCode.FILE_CORRUPT, e.problem().code());
        Path moved = folder.resolve(SealedFile.name("erp") + ".token");
        Files.move(saved(), moved);
        e = assertThrows(ProblemException.class, () -> read(store("erp", SECRET)));
        assertEquals(ProblemCode.FILE_CORRUPT, e.problem().code());
    }

    @Test
    void noticesEveryChangedByte() throws IOException {
        save(store("crm", SECRET), state());
        byte[] bytes = Files.readAllBytes(saved());
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] = (byte) (bytes[i] ^ 1);
            Files.write(saved(), changed);
            int at = i;
            assertThrows(
                    ProblemException.class,
                    () -> read(store("crm", SECRET)),
                    () -> "byte " + at + " was changed");
        }
    }

    @Test
    void beginsAnewAfterAChangeOfTheSecretWhereAFreshGrantWillDo() {
        save(store("crm", new Secret("old")), state());
        Grant grant = _ -> Granted.of(new Secret("new"), Instant.now().plusSeconds(600));
        TokenBroker broker =
                new TokenBroker(
                        store("crm", SECRET), grant, TokenRules.DEFAULTS, InstantSource.system());
        assertEquals("new", broker.token().value().reveal());
        TokenBroker signedIn =
                new TokenBroker(
                        store("crm", new Secret("third")),
                        grant,
                        GrantingProcess.signedIn(),
                        InstantSource.system());
        assertThrows(ProblemException.class, signedIn::token);
        Granted byHand = Granted.of(new Secret("by hand"), Instant.now().plusSeconds(600));
        signedIn.accept(byHand);
        assertEquals("by hand", signedIn.token().value().reveal(), "signing in again mends it");
    }

    @Test
    void savesWhatAThreadWasGivenThoughItIsCancelled() {
        Grant grant =
                _ -> {
                    Thread.currentThread().interrupt();
                    return Granted.of(new Secret("given"), Instant.now().plusSeconds(600));
                };
        TokenStore store = store("crm", SECRET);
        TokenBroker broker =
                new TokenBroker(store, grant, TokenRules.DEFAULTS, InstantSource.system());
        try {
            assertEquals("given", broker.token().value().reveal());
            assertTrue(Thread.interrupted(), "the thread still knows that it is cancelled");
        } finally {
            Thread.interrupted();
        }
        assertEquals("given", read(store).token().orElseThrow().value().reveal());
    }

    @Test
    void namesFilesApartForNamesThatLookAlike() {
        assertFalse(SealedFile.name("a.b").equals(SealedFile.name("a_b")));
        assertFalse(SealedFile.name("../x").contains("."));
    }

    @Test
    void makesAFolderThatOnlyItsOwnerMayOpen() throws IOException {
        Path home = folder.resolve("state/tokens");
        save(new FileTokenStore(home, "erp", SECRET), state());
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home)));
        try (var files = Files.list(home)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".token")).toList()) {
                assertEquals(
                        "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
    }
}
