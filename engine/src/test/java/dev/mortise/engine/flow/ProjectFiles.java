package dev.mortise.engine.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Writes projects for tests.
final class ProjectFiles {
    static final Map<String, String> ENVIRONMENT = Map.of("PASSWORD", "s3cret", "PORT", "99999");

    private static final String START = "# file: ";

    private ProjectFiles() {}

    /// Each file follows a line `# file: NAME`. Connections `erp` and `crm` are added when the text
    /// has none.
    static Project load(Path folder, String text) throws IOException {
        Map<String, StringBuilder> files = new LinkedHashMap<>();
        StringBuilder current = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (line.startsWith(START)) {
                current = new StringBuilder();
                files.put(line.substring(START.length()), current);
            } else {
                current.append(line).append('\n');
            }
        }
        if (files.keySet().stream().noneMatch(name -> name.startsWith("connections/"))) {
            for (String name : new String[] {"erp", "crm"}) {
                files.put(
                        "connections/" + name + ".yaml",
                        new StringBuilder("connection: " + name + "\ntype: pretend\nhost: db1\n"));
            }
        }
        for (Map.Entry<String, StringBuilder> file : files.entrySet()) {
            write(folder, file.getKey(), file.getValue().toString());
        }
        return load(folder);
    }

    static Project load(Path folder) {
        return Project.load(
                folder,
                ENVIRONMENT,
                Map.of("day", "2026-01-31"),
                Connectors.of(new PretendFactory()));
    }

    static void write(Path folder, String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
