package dev.mortise.bench.tool;

import dev.mortise.testkit.live.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The command line client of PostgreSQL. The archive of the server holds none, so the machine's
/// own is taken; where there is none a small Java pump over the driver's `COPY` stands in, and the
/// records say so.
public final class Psql {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final Optional<Path> program;

    private Psql(Optional<Path> program) {
        this.program = program;
    }

    /// Debian's `psql` on the path is a Perl script around the program; we want the program.
    public static Psql find() {
        List<Path> candidates = new ArrayList<>();
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> releases = Files.list(DEBIAN)) {
                releases.sorted(Comparator.reverseOrder())
                        .forEach(release -> candidates.add(release.resolve("bin/psql")));
            } catch (IOException _) {
                // the path is left
            }
        }
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            candidates.add(Path.of(folder, "psql"));
        }
        return new Psql(candidates.stream().filter(Files::isExecutable).findFirst());
    }

    /// What the records call it.
    public String label() {
        return program.isPresent() ? "psql" : "java pump in place of psql";
    }

    boolean isPresent() {
        return program.isPresent();
    }

    /// A process that runs one statement; `COPY` reads standard input or writes standard output.
    public ProcessBuilder command(LocalServer server, String database, String sql) {
        if (program.isPresent()) {
            return client(program.get(), server, database, "-c", sql);
        }
        List<String> words = new ArrayList<>(Java.command());
        words.addAll(List.of(CopyPump.class.getName(), server.jdbcUrl(database), sql));
        return withLogin(server, words);
    }

    /// A process that runs the statements of a file, or of standard input when it is called `-`.
    ProcessBuilder script(LocalServer server, String database, String file) {
        return client(program.orElseThrow(), server, database, "-f", file);
    }

    private static ProcessBuilder client(
            Path program, LocalServer server, String database, String... what) {
        List<String> words = new ArrayList<>();
        words.addAll(List.of(program.toString(), "-qXAt", "-v", "ON_ERROR_STOP=1"));
        words.addAll(List.of("-h", server.host(), "-p", "" + server.port()));
        words.addAll(List.of("-U", server.user(), "-d", database));
        words.addAll(List.of(what));
        return withLogin(server, words);
    }

    static ProcessBuilder withLogin(LocalServer server, List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("PGUSER", server.user());
        builder.environment().put("PGPASSWORD", server.password());
        builder.environment().put("PGSSLMODE", "disable");
        return builder;
    }
}
