package dev.mortise.server.run;

import dev.mortise.server.document.Definitions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;

/// What a run tells of itself, line by line, in a file of the server that ran it. Bounded: a run
/// that tells too much is cut short, and says so.
@Component
final class RunLog {
    static final int LINES_MAX = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TEXT_MAX = 2_000;

    private final Definitions definitions;

    RunLog(Definitions definitions) {
        this.definitions = definitions;
    }

    /// How much a line matters.
    enum Level {
        INFO,
        WARN,
        ERROR;

        /// Whether a line of a level is at least this one.
        boolean covers(String level) {
            return valueOf(level).compareTo(this) >= 0;
        }
    }

    /// @param seq its number in the run, from 1
    record Line(long seq, String at, String level, @Nullable String step, String text) {}

    private Path file(String project, String run) {
        return definitions
                .folder(project)
                .resolve(".mortise")
                .resolve("logs")
                .resolve(run + ".jsonl");
    }

    /// Opens the log of a run behind what an earlier attempt told.
    Writer open(String project, String run) {
        return new Writer(file(project, run), read(project, run, 0).size());
    }

    /// Adds lines. A disk that is full costs lines, not the run.
    static final class Writer {
        private final Path file;
        private long lines;

        private Writer(Path file, long lines) {
            this.file = file;
            this.lines = lines;
        }

        synchronized void add(Level level, @Nullable String step, String text) {
            if (lines >= LINES_MAX) {
                return;
            }
            lines++;
            String shown =
                    lines == LINES_MAX
                            ? "this is line " + LINES_MAX + "; what follows is not kept"
                            : text.substring(0, Math.min(text.length(), TEXT_MAX));
            Line line = new Line(lines, Instant.now().toString(), level.name(), step, shown);
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(
                        file,
                        JSON.writeValueAsString(line) + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                LOG.warn("run log not written file={} reason={}", file, e.getMessage());
            }
        }
    }

    /// The lines behind one.
    List<Line> read(String project, String run, long after) {
        Path file = file(project, run);
        List<Line> lines = new ArrayList<>();
        if (!Files.exists(file)) {
            return lines;
        }
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String text = reader.readLine();
            while (text != null && lines.size() < LINES_MAX) {
                Line line = parse(text);
                if (line != null && line.seq() > after) {
                    lines.add(line);
                }
                text = reader.readLine();
            }
        } catch (IOException e) {
            LOG.warn("run log not read file={} reason={}", file, e.getMessage());
        }
        return lines;
    }

    /// Null for a line that a crash cut short.
    private static @Nullable Line parse(String text) {
        try {
            return JSON.readValue(text, Line.class);
        } catch (JacksonException _) {
            return null;
        }
    }

    /// Lines that hold a text, of a level or above, behind one.
    List<Line> search(String project, String run, String query, Level level, long after) {
        String wanted = query.strip().toLowerCase(Locale.ROOT);
        return read(project, run, after).stream()
                .filter(line -> level.covers(line.level()))
                .filter(line -> line.text().toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
    }
}
