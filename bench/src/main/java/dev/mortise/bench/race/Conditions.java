package dev.mortise.bench.race;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// Under which circumstances a session measures; the same for all its samples.
///
/// @param versions of the programs taking part
public record Conditions(
        String session,
        String commit,
        Map<String, String> versions,
        Map<String, String> config,
        String durability) {

    /// The commit that is checked out, with a mark when files differ from it.
    public static String commit(Path root) throws InterruptedException {
        String commit = git(root, "rev-parse", "--short", "HEAD");
        String changes = git(root, "status", "--porcelain", "--untracked-files=no");
        boolean changed = changes.lines().anyMatch(line -> !line.contains("bench/results.jsonl"));
        return (commit.isEmpty() ? "unknown" : commit) + (changed ? "+changes" : "");
    }

    private static String git(Path root, String... words) throws InterruptedException {
        String[] command = new String[words.length + 1];
        command[0] = "git";
        System.arraycopy(words, 0, command, 1, words.length);
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(root.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            byte[] said = process.getInputStream().readAllBytes();
            return process.waitFor() == 0 ? new String(said, StandardCharsets.UTF_8).strip() : "";
        } catch (IOException _) {
            return "";
        }
    }
}
