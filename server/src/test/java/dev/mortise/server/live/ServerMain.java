package dev.mortise.server.live;

import dev.mortise.server.Server;
import dev.mortise.server.settings.ServerSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// A server in a process of its own: home, port and database.
final class ServerMain {
    static final String READY = "READY";

    private ServerMain() {}

    static void main(String[] args) throws InterruptedException {
        ServerSettings settings =
                new ServerSettings(
                        Path.of(args[0]),
                        "127.0.0.1",
                        Integer.parseInt(args[1]),
                        args[2],
                        Optional.empty(),
                        System.getenv());
        try (Server server = Server.start(settings)) {
            System.err.println(READY + " " + server.url() + " " + server.setupLink().orElse("-"));
            new CountDownLatch(1).await();
        }
    }
}
