package dev.mortise.testkit.live;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How to start a local server: server settings that override ours, and the folder to keep its data
/// in. Without a folder the data lives in a temporary one and is deleted when the server is closed.
///
/// @param settings server settings by the server's own names, such as `fsync` or `local_infile`
/// @param folder where data outlives the server; an existing one is started again as it was left
public record LocalOptions(Map<String, String> settings, Optional<Path> folder) {
    public LocalOptions {
        settings = Map.copyOf(settings);
    }

    public static LocalOptions defaults() {
        return new LocalOptions(Map.of(), Optional.empty());
    }

    public LocalOptions set(String name, String value) {
        var changed = new LinkedHashMap<>(settings);
        changed.put(name, value);
        return new LocalOptions(changed, folder);
    }

    public LocalOptions keepIn(Path folder) {
        return new LocalOptions(settings, Optional.of(folder));
    }
}
