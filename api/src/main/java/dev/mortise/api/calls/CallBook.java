package dev.mortise.api.calls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Keeps what became of the calls of one connection: a file a day (UTC), some lines a minute. A
/// process that is killed loses the counts of its last seconds, no more. A book that cannot be
/// written stops no call. Used by many threads, and beside other processes that write to the same
/// files: a line goes out in one write.
public final class CallBook implements AutoCloseable {
    private static final Duration FLUSH_EVERY = Duration.ofSeconds(5);
    private static final int DAYS_KEPT = 31;

    /// So many different lines between two writes; vendors' codes may be without number. What comes
    /// after is counted without its code, up to as many lines again.
    private static final int KINDS_MAX = 1_000;

    private static final String ENDING = ".jsonl";

    private final Path folder;
    private final InstantSource clock;
    private final Map<CallLine.Kind, CallLine> lines = new LinkedHashMap<>();
    private Instant flushed;

    private CallBook(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
        this.flushed = clock.instant();
    }

    /// The book of a connection.
    ///
    /// @param state the project's `.mortise` folder
    public static CallBook of(Path state, String connection, InstantSource clock) {
        return new CallBook(folder(state, connection), clock);
    }

    static Path folder(Path state, String connection) {
        return state.resolve("calls").resolve(connection);
    }

    public synchronized void add(Called call) {
        CallLine line = CallLine.of(call);
        boolean room = lines.containsKey(line.kind()) || lines.size() < KINDS_MAX;
        CallLine counted = room ? line : line.withoutCode();
        if (room || lines.containsKey(counted.kind()) || lines.size() < 2 * KINDS_MAX) {
            lines.merge(counted.kind(), counted, CallLine::plus);
        }
        Instant now = clock.instant();
        // A clock that was set back must not keep the lines for long.
        if (Duration.between(flushed, now).abs().compareTo(FLUSH_EVERY) >= 0) {
            flushed = now;
            flush();
        }
    }

    private void flush() {
        if (lines.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(folder);
            for (CallLine line : lines.values()) {
                Files.writeString(
                        file(line.kind().minute()),
                        line.json() + "\n",
                        StandardCharsets.UTF_8,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
            forgetOldDays();
        } catch (IOException _) {
            // Figures are worth less than the calls themselves.
        }
        lines.clear();
    }

    private Path file(Instant minute) {
        return folder.resolve(minute.atZone(ZoneOffset.UTC).toLocalDate() + ENDING);
    }

    private void forgetOldDays() throws IOException {
        LocalDate oldest =
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(DAYS_KEPT);
        for (Path file : files(folder)) {
            if (day(file).isBefore(oldest)) {
                Files.deleteIfExists(file);
            }
        }
    }

    static LocalDate day(Path file) {
        String name = file.getFileName().toString();
        return LocalDate.parse(name.substring(0, name.length() - ENDING.length()));
    }

    private static boolean isDay(Path file) {
        try {
            return file.getFileName().toString().endsWith(ENDING) && day(file).getYear() > 0;
        } catch (DateTimeException _) {
            return false;
        }
    }

    /// The files of a folder by day.
    static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(CallBook::isDay).sorted().toList();
        }
    }

    @Override
    public synchronized void close() {
        flush();
    }
}
