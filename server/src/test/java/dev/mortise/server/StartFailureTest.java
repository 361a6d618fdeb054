package dev.mortise.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.settings.ServerSettings;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.testkit.live.LocalPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that cannot start says why in a sentence, and what to do.
@Tag("live")
class StartFailureTest {
    private static final String NEWER =
            "insert into flyway_schema_history (installed_rank, version, description, type,"
                    + " script, checksum, installed_by, execution_time, success)"
                    + " values (9999, '998', 'later', 'SQL', 'V998__later.sql', 1, 'x', 1, %s)";

    @TempDir private Path temp = Path.of("");

    private static ServerSettings settings(Path home, String host, int port, String database) {
        return new ServerSettings(home, host, port, database, Optional.empty(), Map.of());
    }

    private static ServerSettings settings(Path home, String database) {
        return settings(home, "127.0.0.1", 0, database);
    }

    private static Problem only(ServerSettings settings) {
        List<Problem> problems = all(settings);
        assertEquals(1, problems.size(), problems::toString);
        return problems.getFirst();
    }

    private static List<Problem> all(ServerSettings settings) {
        ProblemsException refused =
                assertThrows(ProblemsException.class, () -> Server.start(settings).close());
        for (Problem problem : refused.problems()) {
            assertFalse(problem.fix().isEmpty(), problem::toString);
            assertFalse(problem.toString().contains("s3cret"), "no password is told");
        }
        return refused.problems();
    }

    private static void told(Problem problem, ProblemCode code, String place, String words) {
        assertEquals(code, problem.code(), problem::toString);
        assertEquals(place, problem.place(), problem::toString);
        assertTrue(problem.message().contains(words), problem::toString);
    }

    @Test
    void namesAPortThatIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Problem problem = only(settings(temp, "127.0.0.1", other.getLocalPort(), ""));
            told(problem, ProblemCode.OPTION_INVALID, "--port", "" + other.getLocalPort());
        }
    }

    @Test
    void namesAnAddressOfAnotherMachineAndAHomeThatIsAFile() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        List<Problem> problems = all(settings(file, "192.0.2.1", 0, ""));
        assertEquals(2, problems.size(), problems::toString);
        told(problems.getFirst(), ProblemCode.OPTION_INVALID, "--home", "found the file");
        told(problems.getLast(), ProblemCode.OPTION_INVALID, "--host", "192.0.2.1");
    }

    @Test
    void takesNoEmptyOrShortKey() {
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        Map<String, String> wrong =
                Map.of(
                        "",
                        "it is empty",
                        "  ",
                        "it is empty",
                        "s3cret s3cret",
                        "key 1 is no base64",
                        "c2hvcnQ=",
                        "key 1 has 5",
                        key + ",",
                        "key 2 has 0");
        wrong.forEach(
                (given, words) -> {
                    Problem problem =
                            only(
                                    new ServerSettings(
                                            temp,
                                            "127.0.0.1",
                                            0,
                                            "",
                                            Optional.empty(),
                                            Map.of("MORTISE_KEY", given)));
                    told(problem, ProblemCode.OPTION_INVALID, "MORTISE_KEY", words);
                });
    }

    @Test
    void namesAHomeThatCannotBeWritten() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        Problem problem = only(settings(file.resolve("home"), ""));
        told(problem, ProblemCode.IO_FAILED, "--home", "file");
    }

    @Test
    void namesTheServerThatHasTheHome() {
        Path home = temp.resolve("home");
        try (Server first = Server.start(settings(home, ""))) {
            Problem problem = only(settings(home, ""));
            String pid = "process " + ProcessHandle.current().pid();
            told(problem, ProblemCode.LOCKED, "--home", pid);
            assertTrue(first.port() > 0);
        }
        Server.start(settings(home, "")).close();
    }

    @Test
    void leavesTablesOfANewerVersionAlone() throws SQLException {
        Path home = temp.resolve("home");
        Server.start(settings(home, "")).close();
        String url = "jdbc:sqlite:" + home.resolve("mortise.db");
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.createStatement().execute(NEWER.formatted("1"));
        }
        Problem problem = only(settings(home, ""));
        told(problem, ProblemCode.VERSION_UNSUPPORTED, "--database", "found step 998");
    }

    @Test
    void namesAFileThatIsNoDatabase() throws IOException {
        Files.writeString(
                temp.resolve("mortise.db"), "what a backup gone wrong leaves ".repeat(99));
        told(only(settings(temp, "")), ProblemCode.FILE_CORRUPT, "--home", "mortise.db");
    }

    @Test
    void namesADatabaseThatCannotBeReached() throws IOException {
        int free;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = gone.getLocalPort();
        }
        String there = "postgres://mortise:s3cret@127.0.0.1:" + free + "/mortise";
        told(
                only(settings(temp, there)),
                ProblemCode.CONNECTION_REFUSED,
                "--database",
                "postgres://mortise@127.0.0.1:" + free + "/mortise");
        String nowhere = "postgres://mortise:s3cret@no-such-host.invalid/mortise";
        told(
                only(settings(temp, nowhere)),
                ProblemCode.HOST_UNKNOWN,
                "--database",
                "no-such-host.invalid");
        told(
                only(settings(temp, "mysql://mortise:s3cret@127.0.0.1/mortise")),
                ProblemCode.OPTION_INVALID,
                "--database",
                "PostgreSQL");
    }

    @Test
    void namesWhatPostgresRefuses() throws SQLException {
        try (LocalPostgres server = LocalPostgres.start()) {
            String end = "@127.0.0.1:" + server.port() + "/";
            String wrong = "postgres://" + server.user() + ":s3cret" + end + server.database();
            told(only(settings(temp, wrong)), ProblemCode.LOGIN_REFUSED, "--database", "password");
            String right = "postgres://" + server.user() + ":" + server.password() + end;
            told(
                    only(settings(temp, right + "nothing")),
                    ProblemCode.DATABASE_MISSING,
                    "--database",
                    "no such database");
            server.createDatabase("theirs");
            server.executeIn("theirs", "create table orders (id int)");
            told(
                    only(settings(temp, right + "theirs")),
                    ProblemCode.OPTION_INVALID,
                    "--database",
                    "tables of something else");
            server.createDatabase("ours");
            Server.start(settings(temp, right + "ours")).close();
            server.executeIn("ours", NEWER.formatted("true"));
            told(
                    only(settings(temp, right + "ours")),
                    ProblemCode.VERSION_UNSUPPORTED,
                    "--database",
                    "found step 998");
        }
    }
}
