package dev.mortise.cli;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// What a call of the command line left behind.
public record Ended(int code, String out, String err) {
    /// The last line of standard output as JSON; an empty object when it is none.
    public JsonNode json() {
        String last = out.strip().lines().reduce("", (_, line) -> line);
        return last.startsWith("{") && last.endsWith("}")
                ? new ObjectMapper().readTree(last)
                : new ObjectMapper().createObjectNode();
    }

    public String problemCode() {
        return json().path("problem").path("code").asString("");
    }

    @Override
    public String toString() {
        return "exit code " + code + "\n--- out\n" + out + "\n--- err\n" + err;
    }
}
