package dev.mortise.server.run;

import dev.mortise.server.live.Client;
import dev.mortise.testkit.live.Await;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// Waits for runs to end.
public final class RunWait {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private RunWait() {}

    /// The run, once it is over.
    ///
    /// @param path of the run
    public static JsonNode over(Client client, String path) {
        Await.until("the run is over", PATIENCE, () -> isOver(client.get(path).json()));
        return client.get(path).json();
    }

    private static boolean isOver(JsonNode run) {
        String state = run.path("state").asString();
        return !state.equals("waiting") && !state.equals("running");
    }
}
