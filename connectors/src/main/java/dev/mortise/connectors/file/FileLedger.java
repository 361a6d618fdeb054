package dev.mortise.connectors.file;

import dev.mortise.spi.connect.Claim;
import dev.mortise.spi.connect.Claim.PartState;
import dev.mortise.spi.connect.Fence;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a folder knows of the runs of one task into one file: a small file beside the target that
/// is replaced in one rename. Rows count when the ledger names their segment, not before; so after
/// a crash it is right by construction.
final class FileLedger {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();
    private static final int HASH_BYTES = 8;
    static final String PREFIX = ".mortise-";

    private final Path folder;
    private final String stem;
    private final Path path;
    private final String task;

    FileLedger(Path folder, String task, String dataset) {
        this.folder = folder;
        this.task = task;
        this.stem = PREFIX + hash(task + "\n" + dataset);
        this.path = folder.resolve(stem + ".json");
    }

    /// @param publishing the target that a finished file is about to become; null before that
    /// @param begun whether a run is on its way
    record State(
            String task,
            long epoch,
            @Nullable String cursor,
            boolean begun,
            @Nullable Publishing publishing,
            List<Part> parts,
            List<Segment> segments) {}

    /// @param from the finished file, by its name in the folder
    /// @param to the target, by its name in the folder
    record Publishing(String from, String to) {}

    record Part(int part, String bounds, boolean done, long written, long rejected) {
        static Part open(Range range) {
            return new Part(range.part(), range.bounds(), false, 0, 0);
        }
    }

    /// Rows of one commit.
    record Segment(int part, String file, long start, long end) {}

    /// What a commit adds.
    record Commit(
            Range range, @Nullable Range rest, Segment segment, long written, long rejected) {}

    /// Work on the ledger that nobody else interrupts.
    interface Work<T> {
        T on(State state) throws IOException;
    }

    private static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What the names of all files of this task begin with.
    String stem() {
        return stem;
    }

    /// Does something while no other run, of this process or another, touches the ledger.
    <T> T locked(Work<T> work) {
        ReentrantLock lock = LOCKS.computeIfAbsent(path, _ -> new ReentrantLock());
        lock.lock();
        try (FileChannel channel =
                        FileChannel.open(
                                folder.resolve(stem + ".lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assert held.isValid();
            return work.on(read());
        } catch (IOException e) {
            throw Folder.problem("keeping the ledger", path.getFileName().toString(), e);
        } finally {
            lock.unlock();
        }
    }

    private State read() throws IOException {
        if (!Files.exists(path)) {
            return new State(task, 0, null, false, null, List.of(), List.of());
        }
        try {
            return JSON.readValue(Files.readAllBytes(path), State.class);
        } catch (JacksonException e) {
            throw new ProblemException(
                    ProblemException.of(
                                    ProblemCode.FILE_CORRUPT,
                                    "expected the ledger of '" + task + "', got something else",
                                    "look what the last run wrote, then remove the file to begin"
                                            + " anew")
                            .at(path.getFileName().toString())
                            .problem(),
                    e);
        }
    }

    /// Replaces the ledger; what was synced before is in the folder when this returns.
    void write(State state) throws IOException {
        Path next = folder.resolve(stem + ".json.new");
        try (FileChannel channel =
                FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            var bytes = java.nio.ByteBuffer.wrap(JSON.writeValueAsBytes(state));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        Folder.sync(folder);
    }

    Claim claim(Fence fence) {
        return locked(
                state -> {
                    if (fence.yieldsTo(state.epoch())) {
                        check(state, fence.first());
                    }
                    long epoch = fence.next(state.epoch());
                    write(withEpoch(state, epoch));
                    List<PartState> parts =
                            state.parts().stream()
                                    .map(
                                            part ->
                                                    new PartState(
                                                            new Range(part.part(), part.bounds()),
                                                            part.done(),
                                                            part.written(),
                                                            part.rejected()))
                                    .toList();
                    return new Claim(epoch, parts, Optional.ofNullable(state.cursor()));
                });
    }

    private static State withEpoch(State state, long epoch) {
        return new State(
                state.task(),
                epoch,
                state.cursor(),
                state.begun(),
                state.publishing(),
                state.parts(),
                state.segments());
    }

    void begin(long epoch, List<Range> parts) {
        locked(
                state -> {
                    check(state, epoch);
                    write(
                            new State(
                                    task,
                                    epoch,
                                    state.cursor(),
                                    true,
                                    null,
                                    parts.stream().map(Part::open).toList(),
                                    List.of()));
                    return epoch;
                });
    }

    /// Records the rows of a commit.
    ///
    /// @return false when exactly this progress is there already: then its rows are dropped
    boolean advance(long epoch, Commit commit) {
        return locked(
                state -> {
                    check(state, epoch);
                    List<Part> parts = new ArrayList<>(state.parts());
                    int place = place(parts, commit.range());
                    if (place < 0) {
                        return false;
                    }
                    Part old = parts.get(place);
                    Range rest = commit.rest();
                    parts.set(
                            place,
                            new Part(
                                    old.part(),
                                    rest == null ? old.bounds() : rest.bounds(),
                                    rest == null,
                                    old.written() + commit.written(),
                                    old.rejected() + commit.rejected()));
                    List<Segment> segments = new ArrayList<>(state.segments());
                    add(segments, commit.segment());
                    write(
                            new State(
                                    task,
                                    epoch,
                                    state.cursor(),
                                    state.begun(),
                                    null,
                                    parts,
                                    segments));
                    return true;
                });
    }

    private static int place(List<Part> parts, Range range) {
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (part.part() == range.part()
                    && !part.done()
                    && part.bounds().equals(range.bounds())) {
                return i;
            }
        }
        return -1;
    }

    /// Commits one after another in one file become one segment, so that the ledger stays small.
    private static void add(List<Segment> segments, Segment segment) {
        if (segment.start() == segment.end()) {
            return;
        }
        Segment last = segments.isEmpty() ? null : segments.getLast();
        boolean follows =
                last != null
                        && last.part() == segment.part()
                        && last.file().equals(segment.file())
                        && last.end() == segment.start();
        if (last != null && follows) {
            segments.removeLast();
            segments.add(new Segment(last.part(), last.file(), last.start(), segment.end()));
        } else {
            segments.add(segment);
        }
    }

    /// @throws ProblemException FENCED when another run has taken over
    void check(State state, long epoch) {
        if (state.epoch() != epoch) {
            throw ProblemException.of(
                    ProblemCode.FENCED,
                    "another run of '" + task + "' has taken over from epoch " + epoch,
                    "let that run finish, or start this one again to take over from it");
        }
    }
}
