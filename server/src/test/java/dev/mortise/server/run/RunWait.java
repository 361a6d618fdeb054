package dev.mortise.server.run;

import dev.mortise.server.live.Client;
import tools.jackson.databind.JsonNode;

/// Waits for runs as whoever watches does: by their stream of events, which ends with them.
public final class RunWait {
    private static final int STREAMS_MAX = 20;

    private RunWait() {}

    /// The run, once it is over.
    ///
    /// @param path of the run
    public static JsonNode over(Client client, String path) {
        for (int i = 0; i < STREAMS_MAX; i++) {
            client.get(path + "/events");
            JsonNode run = client.get(path).json();
            String state = run.path("state").asString();
            if (!state.equals("waiting") && !state.equals("running")) {
                return run;
            }
        }
        throw new AssertionError("the run does not end: " + client.get(path));
    }
}
