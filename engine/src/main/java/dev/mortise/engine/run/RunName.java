package dev.mortise.engine.run;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// The name of the run that is under way for a flow, kept in a file until the run is done, so that
/// a resumed run goes on under its name. Only a name: where the run stands, the target knows.
final class RunName {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private final Path file;

    RunName(Path state, String flow) {
        this.file = state.resolve("runs").resolve(flow + ".current");
    }

    String resume(boolean fresh, InstantSource clock, RandomGenerator random) {
        try {
            if (!fresh && Files.exists(file)) {
                return Files.readString(file).strip();
            }
            String suffix = HexFormat.of().toHexDigits(random.nextInt());
            String name = TIME.format(clock.instant()) + "-" + suffix;
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
            return name;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    void done() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private ProblemException failed(IOException e) {
        return ProblemException.of(
                        ProblemCode.IO_FAILED,
                        "keeping the run's name: " + e.getMessage(),
                        "make the project's folder writable")
                .at(file.toString());
    }
}
