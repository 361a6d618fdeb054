package dev.mortise.testkit.live;

import java.io.IOException;

/// The signals that end a server; Java itself can send only two of them.
enum Signal {
    INT,
    QUIT,
    TERM,
    KILL;

    void send(long pid) {
        try {
            var kill = new ProcessBuilder("sh", "-c", "kill -" + name() + " " + pid);
            kill.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new LocalServerException("cannot signal process " + pid, e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
