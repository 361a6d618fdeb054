package dev.mortise.cli.serve;

import dev.mortise.cli.Exit;
import dev.mortise.cli.Terminal;
import dev.mortise.server.Server;
import dev.mortise.server.settings.ServerSettings;
import dev.mortise.server.web.ProblemsException;
import java.util.concurrent.CountDownLatch;

/// A server that stays until the process is told to end.
///
/// Apart from the command: the JVM loads the exceptions a class catches as soon as it checks that
/// class, and the command has to tell what it does where no server is on the class path.
final class StandingServer {
    private StandingServer() {}

    static int serve(Terminal terminal, ServerSettings settings) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        try (Server server = Server.start(settings)) {
            terminal.out(terminal.word("serve.ready", server.url()));
            server.setupLink().ifPresent(link -> terminal.out(terminal.word("serve.setup", link)));
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
            stopped.await();
            return Exit.DONE;
        } catch (ProblemsException e) {
            terminal.problems(e.problems());
            return Exit.of(e.problems());
        }
    }
}
