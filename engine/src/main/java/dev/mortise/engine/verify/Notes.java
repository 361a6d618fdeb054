package dev.mortise.engine.verify;

import dev.mortise.engine.run.KeptFile;
import dev.mortise.spi.digest.DigestForm;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What a verification of a flow has found so far, kept in a file that is replaced whole, so that
/// one that is killed goes on where it stood. Believed for a day, by the same run of the same flow
/// alone; forgotten when the verification is through. Used by several threads at once.
public final class Notes {
    private static final Duration AGE_MAX = Duration.ofDays(1);

    /// Written down no more often than this; so what takes no longer leaves no file.
    private static final long WRITE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final @Nullable Path file;
    private final String run;
    private final InstantSource clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long written = System.nanoTime();

    private Notes(@Nullable Path file, String run, InstantSource clock) {
        this.file = file;
        this.run = run;
        this.clock = clock;
    }

    /// Notes that nobody reads.
    static Notes none() {
        return new Notes(null, "", InstantSource.system());
    }

    /// The notes of a flow: those of a verification that did not get through, or empty ones.
    ///
    /// @param state the project's `.mortise` folder
    /// @param run of the flow that is verified; notes of another are forgotten
    public static Notes of(Path state, String flow, String run, InstantSource clock) {
        Path file = state.resolve("verify").resolve(flow + ".json");
        Notes notes = new Notes(file, run, clock);
        try {
            if (Files.exists(file)) {
                NotesJson.Page page = NotesJson.read(Files.readString(file));
                boolean young = page.at().plus(AGE_MAX).isAfter(clock.instant());
                if (young && page.run().equals(run)) {
                    notes.entries.putAll(page.entries());
                }
            }
        } catch (IOException e) {
            throw failed("reading", file, e);
        }
        return notes;
    }

    /// What is noted of one write step.
    ///
    /// @param fingerprint of all that has to be the same for it to hold
    record Entry(
            String fingerprint,
            String form,
            @Nullable Reach source,
            @Nullable Reach target,
            RowDiff.@Nullable Found found,
            @Nullable StepVerdict verdict) {}

    /// How far the digests of both sides had got.
    record Digested(@Nullable Reach source, @Nullable Reach target) {}

    /// @param definition all that has to be the same for earlier notes to hold
    Step step(String name, String definition) {
        return new Step(name, hash(definition));
    }

    private static String hash(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java knows SHA-256", e);
        }
    }

    /// The notes of one write step.
    final class Step {
        private final String name;
        private final String fingerprint;

        private Step(String name, String fingerprint) {
            this.name = name;
            this.fingerprint = fingerprint;
        }

        private Optional<Entry> entry() {
            synchronized (Notes.this) {
                return Optional.ofNullable(entries.get(name))
                        .filter(entry -> entry.fingerprint().equals(fingerprint));
            }
        }

        private void put(Entry entry) {
            synchronized (Notes.this) {
                entries.put(name, entry);
                changed();
            }
        }

        private Entry empty(String form) {
            return new Entry(fingerprint, form, null, null, null, null);
        }

        private Entry known() {
            return entry().orElseGet(() -> empty(""));
        }

        /// The form in which the sides were being digested.
        Optional<DigestForm> form() {
            return entry().map(entry -> new DigestForm(entry.form()));
        }

        /// How far the digests had got in the form of a comparison; what another form has given is
        /// forgotten.
        Digested digested(Comparison comparison) {
            synchronized (Notes.this) {
                String form = comparison.form().name();
                Entry now = entry().filter(e -> e.form().equals(form)).orElseGet(() -> empty(form));
                entries.put(name, now);
                return new Digested(now.source(), now.target());
            }
        }

        long rowsDigested(Comparison comparison) {
            Digested digested = digested(comparison);
            return rows(digested.source()) + rows(digested.target());
        }

        private static long rows(@Nullable Reach reach) {
            return reach == null ? 0 : reach.rows();
        }

        void source(Reach reach) {
            synchronized (Notes.this) {
                Entry e = known();
                put(new Entry(fingerprint, e.form(), reach, e.target(), null, null));
            }
        }

        void target(Reach reach) {
            synchronized (Notes.this) {
                Entry e = known();
                put(new Entry(fingerprint, e.form(), e.source(), reach, null, null));
            }
        }

        Optional<RowDiff.Found> found() {
            return entry().map(Entry::found);
        }

        void found(RowDiff.Found found) {
            synchronized (Notes.this) {
                Entry e = known();
                put(new Entry(fingerprint, e.form(), e.source(), e.target(), found, null));
            }
        }

        void forgetFound() {
            synchronized (Notes.this) {
                Entry e = known();
                put(new Entry(fingerprint, e.form(), e.source(), e.target(), null, null));
            }
        }

        Optional<StepVerdict> verdict() {
            return entry().map(Entry::verdict);
        }

        void verdict(StepVerdict verdict) {
            put(new Entry(fingerprint, known().form(), null, null, null, verdict));
        }

        /// Forgets the step at once, for what was noted is about to be untrue.
        void forget() {
            synchronized (Notes.this) {
                entries.remove(name);
                Path kept = file;
                if (kept != null && Files.exists(kept)) {
                    write(kept);
                }
            }
        }
    }

    private void changed() {
        Path kept = file;
        if (kept != null && System.nanoTime() - written >= WRITE_NANOS) {
            write(kept);
        }
    }

    private void write(Path kept) {
        String text = NotesJson.write(new NotesJson.Page(run, clock.instant(), entries));
        try {
            KeptFile.replace(kept, text);
        } catch (IOException e) {
            throw failed("writing", kept, e);
        }
        written = System.nanoTime();
    }

    /// Forgets everything: the verification is through, or to begin anew.
    public synchronized void forget() {
        entries.clear();
        Path kept = file;
        try {
            if (kept != null) {
                Files.deleteIfExists(kept);
            }
        } catch (IOException e) {
            throw failed("deleting", kept, e);
        }
    }

    private static ProblemException failed(String act, Path file, IOException e) {
        return new ProblemException(
                new Problem(
                        ProblemCode.IO_FAILED,
                        act + " the notes of a verification: " + e.getMessage(),
                        file.toString(),
                        "free space or mend the rights of the folder, then verify again"),
                e);
    }
}
