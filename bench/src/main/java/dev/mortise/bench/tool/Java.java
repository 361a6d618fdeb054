package dev.mortise.bench.tool;

import java.nio.file.Path;
import java.util.List;

/// A Java process with the heap and the flags of `./mortise`.
public final class Java {
    public static final String HEAP = "256m";

    private Java() {}

    /// The command up to the main class, with our own class path.
    public static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP,
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"));
    }
}
