package dev.mortise.connectors.http;

import dev.mortise.api.egress.Uris;
import dev.mortise.spi.connect.Claim;
import dev.mortise.spi.connect.Claim.PartState;
import dev.mortise.spi.connect.Fence;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Where a task stands in a target that cannot remember it: a small file beside the project. Each
/// change is made under a lock that holds across processes, written beside, forced to disk and
/// renamed over the old one, so that a crash leaves the one or the other.
final class FileLedger {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    private final String task;
    private final Path folder;
    private final Path file;

    /// @param run the epoch of the claim that began the unfinished run; its idempotency keys hold
    ///     across resumptions, and only across these
    record State(String task, long epoch, long run, @Nullable String cursor, List<Part> parts) {
        State {
            parts = parts == null ? List.of() : List.copyOf(parts);
        }

        private State with(List<Part> others) {
            return new State(task, epoch, run, cursor, others);
        }
    }

    record Part(int part, String bounds, boolean done, long written, long rejected) {
        Range range() {
            return new Range(part, bounds);
        }
    }

    FileLedger(Path folder, String task) {
        this.task = task;
        this.folder = folder.toAbsolutePath().normalize();
        String name = Uris.encode(task).replace('%', '_') + ".json";
        this.file = this.folder.resolve(name);
    }

    Claim claim(Fence fence) {
        State state =
                change(
                        s -> {
                            if (fence.yieldsTo(s.epoch)) {
                                check(s, fence.first());
                            }
                            return new State(task, fence.next(s.epoch), s.run, s.cursor, s.parts);
                        });
        List<PartState> parts =
                state.parts.stream()
                        .map(p -> new PartState(p.range(), p.done, p.written, p.rejected))
                        .toList();
        return new Claim(state.epoch, parts, Optional.ofNullable(state.cursor));
    }

    void begin(long epoch, List<Range> ranges) {
        List<Part> parts =
                ranges.stream().map(r -> new Part(r.part(), r.bounds(), false, 0, 0)).toList();
        change(
                state -> {
                    check(state, epoch);
                    return new State(task, epoch, epoch, state.cursor, parts);
                });
    }

    /// Records progress; a step that was recorded already is not counted again.
    void advance(long epoch, Range range, @Nullable Range rest, long written, long rejected) {
        change(
                state -> {
                    check(state, epoch);
                    List<Part> parts = new ArrayList<>();
                    for (Part part : state.parts) {
                        boolean meant = !part.done && part.range().equals(range);
                        parts.add(meant ? moved(part, rest, written, rejected) : part);
                    }
                    return state.with(parts);
                });
    }

    private static Part moved(Part part, @Nullable Range rest, long written, long rejected) {
        return new Part(
                part.part,
                rest == null ? part.bounds : rest.bounds(),
                rest == null,
                part.written + written,
                part.rejected + rejected);
    }

    void finish(long epoch, @Nullable String cursor) {
        change(
                state -> {
                    check(state, epoch);
                    String kept = cursor == null ? state.cursor : cursor;
                    return new State(task, epoch, 0, kept, List.of());
                });
    }

    /// The state, provided that no other run has taken over.
    State holding(long epoch) {
        try {
            State state = read();
            check(state, epoch);
            return state;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void check(State state, long epoch) {
        if (state.epoch != epoch) {
            throw ProblemException.of(
                    ProblemCode.FENCED,
                    "another run of '" + task + "' has taken over from epoch " + epoch,
                    "let that run finish, or start this one again to take over from it");
        }
    }

    private State change(UnaryOperator<State> change) {
        ReentrantLock lock = LOCKS.computeIfAbsent(file, _ -> new ReentrantLock());
        lock.lock();
        try {
            Files.createDirectories(folder);
            Path guard = Path.of(file + ".lock");
            try (FileChannel channel =
                            FileChannel.open(
                                    guard, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = channel.lock()) {
                assert held.isValid() : "the lock is ours";
                State changed = change.apply(read());
                write(changed);
                return changed;
            }
        } catch (IOException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    private State read() throws IOException {
        if (!Files.exists(file)) {
            return new State(task, 0, 0, null, List.of());
        }
        try {
            return JSON.readValue(Files.readString(file), State.class);
        } catch (JacksonException e) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.FILE_CORRUPT,
                            "expected the state of '" + task + "', got a file that is none",
                            file.toString(),
                            "restore the file, or delete it to start the task from the beginning"),
                    e);
        }
    }

    private void write(State state) throws IOException {
        Path beside = Path.of(file + ".new");
        ByteBuffer bytes =
                ByteBuffer.wrap(JSON.writeValueAsString(state).getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel =
                FileChannel.open(
                        beside,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        // The rename itself is on disk only once its folder is.
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException _) {
            // Some systems cannot open a folder; there the rename is durable by itself.
        }
    }

    private ProblemException failed(IOException e) {
        return new ProblemException(
                new Problem(
                        ProblemCode.IO_FAILED,
                        "keeping the state of '%s': %s".formatted(task, e),
                        file.toString(),
                        "check that the project's folder '.mortise' can be written to"),
                e);
    }
}
