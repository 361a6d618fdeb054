package dev.mortise.testkit.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/// A test case in a file: the input, a line `----------`, the output. With the system property
/// `mortise.golden=write` a check rewrites the output instead of comparing it, to be read in the
/// diff.
public final class GoldenFile {
    private static final String PROPERTY = "mortise.golden";
    private static final String LINE = "----------\n";

    private final Path path;
    private final String input;
    private final String output;

    private GoldenFile(Path path) {
        this.path = path;
        try {
            String text = Files.readString(path);
            int line = text.indexOf("\n" + LINE);
            this.input = line < 0 ? text : text.substring(0, line + 1);
            this.output = line < 0 ? "" : text.substring(line + 1 + LINE.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The files `*.golden` in the test resources of a class's package, sorted by name.
    public static List<GoldenFile> of(Class<?> test) {
        Path folder = Path.of("src", "test", "resources", test.getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".golden"))
                    .sorted()
                    .map(GoldenFile::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The file's name without its ending, which names the test.
    public String name() {
        return path.getFileName().toString().replace(".golden", "");
    }

    public String input() {
        return input;
    }

    /// Fails when the output differs from the one in the file.
    public void check(String actual) {
        String ended = actual.isEmpty() || actual.endsWith("\n") ? actual : actual + "\n";
        if (!"write".equals(System.getProperty(PROPERTY))) {
            Assertions.assertEquals(
                    output, ended, path + ": rewrite it with -D" + PROPERTY + "=write");
            return;
        }
        try {
            Files.writeString(path, input + LINE + ended);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
