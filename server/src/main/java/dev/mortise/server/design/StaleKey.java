package dev.mortise.server.design;

import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.flow.Step;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/// A text for each step that changes with the step, with any step its rows come from, and with the
/// connections those use; and with nothing else. A sample kept under another key is stale.
final class StaleKey {
    private StaleKey() {}

    static String of(Flow flow, String step, Project project) {
        Set<String> chain = new LinkedHashSet<>();
        follow(flow, step, chain);
        StringBuilder text = new StringBuilder();
        for (String name : chain) {
            Step one = flow.steps().get(name);
            text.append(name).append('\n');
            if (one != null) {
                text.append(one.definition()).append('\n').append(source(one, project));
            }
        }
        return hash(text.toString());
    }

    /// A step comes before those it takes rows from; one that waits for itself ends there.
    private static void follow(Flow flow, String step, Set<String> chain) {
        Step one = flow.steps().get(step);
        if (chain.add(step) && one != null) {
            one.inputs().forEach(input -> follow(flow, input, chain));
        }
    }

    private static String source(Step step, Project project) {
        String connection =
                switch (step) {
                    case Step.Read read -> read.connection();
                    case Step.Call call -> call.connection();
                    case Step.Write write -> write.connection();
                    case Step.Mapping _,
                            Step.Where _,
                            Step.Sql _,
                            Step.Expect _,
                            Step.Dedupe _,
                            Step.Union _ ->
                            "";
                };
        var known = project.connections().get(connection);
        return known == null ? "" : known.type() + " " + known.settings().fingerprint() + "\n";
    }

    private static String hash(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
