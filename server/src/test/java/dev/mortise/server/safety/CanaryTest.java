package dev.mortise.server.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Raw;
import dev.mortise.server.live.LiveServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// A thousand secrets go in by every way there is; none comes out: not in an answer, not in the log
/// at its finest, not in the audit, not in a file of the home, in no encoding.
@Tag("live")
class CanaryTest {
    private static final int CANARIES = 1_000;
    private static final String MARK = "cAnArY";

    private final StringBuilder answers = new StringBuilder();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final Random random = new Random(20261126);
    private final List<String> canaries = new ArrayList<>();

    private String canary() {
        String canary = MARK + Long.toString(random.nextLong() & Long.MAX_VALUE, 36) + "<&%";
        canaries.add(canary);
        return canary;
    }

    private void keep(Client.Answer answer) {
        answers.append(answer.status()).append(answer.body()).append(answer.headers()).append('\n');
    }

    @Test
    void noSecretComesOut(@TempDir Path home) throws IOException {
        try (Listening ear = new Listening(log);
                LiveServer server = LiveServer.start(home)) {
            // Only now, for a server sets up its log when it starts.
            ear.listen();
            Client root = server.administrator();
            root.post("/api/projects", Map.of("name", "sales"));
            while (canaries.size() < CANARIES) {
                set(root);
                use(root, server);
            }
            for (String path :
                    List.of(
                            "/api/users?limit=200",
                            "/api/tokens",
                            "/api/providers",
                            "/api/audit/export",
                            "/api/projects/sales/secrets?limit=200",
                            "/api/projects/sales/connections",
                            "/api/projects/sales/connections/db",
                            "/api/me",
                            "/api/session")) {
                keep(root.get(path));
            }
        }
        assertTrue(log.size() > 10_000, "nothing was logged");
        assertEquals(List.of(), hits("answers", answers.toString()));
        assertEquals(List.of(), hits("log", log.toString(StandardCharsets.UTF_8)));
        try (var files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertEquals(List.of(), hits(file.getFileName().toString(), content));
            }
        }
    }

    private void set(Client root) {
        String secret = canary();
        keep(root.put("/api/projects/sales/secrets/s" + canaries.size(), value(secret), null));
        // Wrong in every way a call can be wrong.
        keep(root.put("/api/projects/sales/secrets/BAD", value(canary()), null));
        keep(root.put("/api/projects/none/secrets/a", value(canary()), null));
        keep(root.put("/api/projects/sales/secrets/a", Map.of("valeu", canary()), null));
        keep(root.put("/api/projects/sales/secrets/a", Map.of("value", List.of(canary())), null));
        keep(
                root.put(
                        "/api/projects/sales/secrets/a",
                        new Raw("{\"value\": \"" + canary() + "\", "),
                        null));
        keep(root.put("/api/projects/sales/secrets/a", new Raw(canary()), null));
    }

    private void use(Client root, LiveServer server) {
        keep(
                root.put(
                        "/api/projects/sales/connections/db",
                        Map.of(
                                "text",
                                """
                                connection: db
                                type: postgres
                                host: 127.0.0.1
                                port: ${secret:s1}
                                database: a
                                user: b
                                password: ${secret:s1}
                                """),
                        "*"));
        keep(
                root.put(
                        "/api/providers/p",
                        Map.of(
                                "ldap",
                                Map.of("url", "ldap://127.0.0.1:1", "user_base", "dc=x"),
                                "secret",
                                canary()),
                        "*"));
        keep(root.post("/api/users", Map.of("name", "!", "password", canary())));
        keep(root.post("/api/me/password", Map.of("old", canary(), "new", "short")));
        if (canaries.size() < CANARIES / 10) {
            keep(
                    server.client()
                            .post("/api/session", Map.of("name", canary(), "password", canary())));
        }
        keep(server.client().with("Authorization", "Bearer mt_" + canary()).get("/api/projects"));
    }

    private static Map<String, String> value(String secret) {
        return Map.of("value", secret);
    }

    private List<String> hits(String where, String text) {
        List<String> hits = new ArrayList<>();
        for (String canary : canaries) {
            byte[] bytes = canary.getBytes(StandardCharsets.UTF_8);
            // Whole groups of three bytes, so that the letters do not depend on what follows.
            byte[] head = java.util.Arrays.copyOf(bytes, bytes.length / 3 * 3);
            for (String form :
                    List.of(
                            canary,
                            canary.substring(0, canary.length() - 3),
                            Base64.getEncoder().encodeToString(head),
                            URLEncoder.encode(canary, StandardCharsets.UTF_8),
                            HexFormat.of().formatHex(bytes))) {
                if (text.contains(form)) {
                    int at = text.indexOf(form);
                    hits.add(where + ": " + text.substring(Math.max(0, at - 80), at));
                    break;
                }
            }
        }
        return hits.subList(0, Math.min(hits.size(), 5));
    }

    /// Hears all that is logged, at its finest.
    private static final class Listening implements AutoCloseable {
        private final Logger all =
                ((LoggerContext) LoggerFactory.getILoggerFactory())
                        .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        private final List<Logger> ours;
        private final ByteArrayOutputStream log;

        Listening(ByteArrayOutputStream log) {
            this.log = log;
            this.ours =
                    List.of(
                            all.getLoggerContext().getLogger("dev.mortise"),
                            all.getLoggerContext().getLogger("org.jooq"),
                            all.getLoggerContext().getLogger("com.zaxxer"),
                            all.getLoggerContext().getLogger("org.flywaydb"));
        }

        void listen() {
            PatternLayoutEncoder encoder = new PatternLayoutEncoder();
            encoder.setContext(all.getLoggerContext());
            encoder.setPattern("%level %logger %msg%n%ex");
            encoder.start();
            appender.setContext(all.getLoggerContext());
            appender.setEncoder(encoder);
            appender.setOutputStream(log);
            appender.start();
            all.addAppender(appender);
            ours.forEach(logger -> logger.setLevel(Level.TRACE));
        }

        @Override
        public void close() {
            ours.forEach(logger -> logger.setLevel(Level.INFO));
            all.detachAppender(appender);
            appender.stop();
        }
    }
}
