package dev.mortise.server;

import dev.mortise.server.access.SetupTicket;
import dev.mortise.server.folder.FolderDesk;
import dev.mortise.server.settings.ServerSettings;
import dev.mortise.server.store.DatabaseOpening;
import dev.mortise.server.web.ProblemsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// The door of the control plane: a server that runs until it is closed.
public final class Server implements AutoCloseable {
    private final ServerSettings settings;
    private final HomeLock lock;
    private final ConfigurableApplicationContext context;

    private Server(ServerSettings settings, HomeLock lock, ConfigurableApplicationContext context) {
        this.settings = settings;
        this.lock = lock;
        this.context = context;
    }

    /// Starts and waits until requests are answered.
    ///
    /// @throws ProblemsException what keeps it from starting; then nothing was left running
    public static Server start(ServerSettings settings) {
        demand(settings);
        try {
            HomeLock lock = HomeLock.take(settings.home());
            DatabaseOpening database = DatabaseOpening.begin(settings);
            try {
                return new Server(settings, lock, run(settings, database));
            } catch (RuntimeException e) {
                database.abandon();
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw StartProblems.unwritable(settings, e);
        } catch (RuntimeException e) {
            throw StartProblems.of(settings, e);
        }
    }

    /// Finds out early what would keep it from starting: its home, and its address.
    ///
    /// @throws ProblemsException all that is wrong
    public static void demand(ServerSettings settings) {
        StartChecks.demand(settings);
    }

    private static ConfigurableApplicationContext run(
            ServerSettings settings, DatabaseOpening database) {
        return application(settings)
                .initializers(
                        made ->
                                made.getBeanFactory()
                                        .registerSingleton("databaseOpening", database))
                .run();
    }

    /// All that is decided before anything is read or opened.
    static SpringApplicationBuilder application(ServerSettings settings) {
        return new SpringApplicationBuilder(Studio.class)
                .main(Studio.class)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(true)
                .properties(properties(settings))
                .initializers(
                        made ->
                                made.getBeanFactory()
                                        .registerSingleton("serverSettings", settings));
    }

    private static Map<String, Object> properties(ServerSettings settings) {
        return Map.ofEntries(
                Map.entry("server.address", settings.host()),
                Map.entry("server.port", settings.port()),
                Map.entry("server.forward-headers-strategy", forwarded(settings)),
                Map.entry("server.shutdown", "graceful"),
                Map.entry("server.servlet.session.persistent", false),
                Map.entry("server.server-header", ""),
                Map.entry("server.tomcat.max-http-form-post-size", "1MB"),
                Map.entry("server.max-http-request-header-size", "16KB"),
                Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "10s"),
                Map.entry("spring.threads.virtual.enabled", true),
                Map.entry("spring.mvc.problemdetails.enabled", false),
                Map.entry("spring.web.resources.add-mappings", false),
                Map.entry("spring.jackson.property-naming-strategy", "SNAKE_CASE"),
                Map.entry("spring.jackson.deserialization.fail-on-unknown-properties", true),
                Map.entry("spring.main.keep-alive", true),
                Map.entry("logging.level.root", "WARN"),
                Map.entry("logging.level.dev.mortise", settings.logLevel()),
                // Why a start fails is told by who starts it, in a sentence instead of a stack.
                Map.entry("logging.level.org.springframework.boot.SpringApplication", "OFF"),
                Map.entry("logging.level.org.springframework.boot.diagnostics", "OFF"),
                Map.entry("logging.level.org.springframework.context.support", "ERROR"),
                Map.entry("logging.level.org.springframework.boot.web.server", "ERROR"),
                Map.entry("logging.level.org.springframework.boot.tomcat", "OFF"),
                Map.entry("logging.pattern.console", "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %m%n"));
    }

    /// Headers that tell where a request really comes from are believed only when there is a proxy
    /// that sets them; otherwise anybody could write them.
    private static String forwarded(ServerSettings settings) {
        boolean isBehindProxy = "true".equals(settings.environment().get("MORTISE_BEHIND_PROXY"));
        return isBehindProxy ? "native" : "none";
    }

    /// Where the studio is.
    public String url() {
        return "http://" + shownHost() + ":" + port();
    }

    private String shownHost() {
        boolean anywhere = settings.host().equals("0.0.0.0") || settings.host().equals("::");
        return anywhere ? "127.0.0.1" : settings.host();
    }

    public int port() {
        ServletWebServerApplicationContext web = (ServletWebServerApplicationContext) context;
        return java.util.Objects.requireNonNull(web.getWebServer()).getPort();
    }

    /// The link by which the first administrator is made; empty once there is one.
    public Optional<String> setupLink() {
        return context.getBean(SetupTicket.class)
                .token()
                .map(token -> url() + "/setup?token=" + token);
    }

    /// For tests that ask which routes there are.
    ConfigurableApplicationContext context() {
        return context;
    }

    /// Takes in project folders that lie on this machine, and has their flows run.
    public FolderDesk folders() {
        return context.getBean(FolderDesk.class);
    }

    @Override
    public void close() {
        context.close();
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
