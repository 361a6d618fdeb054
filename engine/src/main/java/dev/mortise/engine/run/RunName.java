package dev.mortise.engine.run;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/// The name of the run that is under way for a flow, kept in a file until the run is done, so that
/// a resumed run goes on under its name. Only a name: where the run stands, the target knows. The
/// name of the last run that was done is kept too.
final class RunName {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private final Path file;
    private final Path last;

    RunName(Path state, String flow) {
        Path folder = state.resolve("runs");
        this.file = folder.resolve(flow + ".current");
        this.last = folder.resolve(flow + ".last");
    }

    /// The run that is under way, or else the one done last; empty when there was none.
    String latest() {
        try {
            for (Path kept : List.of(file, last)) {
                String text = Files.exists(kept) ? Files.readString(kept).strip() : "";
                if (!text.isEmpty()) {
                    return text.lines().findFirst().orElseThrow();
                }
            }
            return "";
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// @param changed whether the flow is no longer what it was when the run began
    record Resumed(String name, boolean changed) {}

    /// @param definition a fingerprint of the flow
    Resumed resume(boolean fresh, String definition, InstantSource clock, RandomGenerator random) {
        try {
            String kept = !fresh && Files.exists(file) ? Files.readString(file).strip() : "";
            if (!kept.isEmpty()) {
                String name = kept.lines().findFirst().orElseThrow();
                return new Resumed(name, !kept.endsWith(definition));
            }
            String suffix = HexFormat.of().toHexDigits(random.nextInt());
            String name = TIME.format(clock.instant()) + "-" + suffix;
            KeptFile.replace(file, name + "\n" + definition);
            return new Resumed(name, false);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// A run whose name somebody else keeps.
    Resumed resume(FlowRun.Own own, String definition) {
        try {
            String kept = Files.exists(file) ? Files.readString(file).strip() : "";
            if (kept.lines().findFirst().orElse("").equals(own.run())) {
                return new Resumed(own.run(), !kept.endsWith(definition));
            }
            KeptFile.replace(file, own.run() + "\n" + (own.changed() ? "mixed" : definition));
            return new Resumed(own.run(), own.changed());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Keeps of which definition the unfinished run is.
    void keep(String definition) {
        try {
            KeptFile.replace(file, latest() + "\n" + definition);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    void done() {
        try {
            if (Files.exists(file)) {
                Files.move(file, last, StandardCopyOption.ATOMIC_MOVE);
            }
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
