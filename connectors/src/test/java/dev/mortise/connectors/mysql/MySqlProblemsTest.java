package dev.mortise.connectors.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class MySqlProblemsTest {
    private final SocketTimeoutException late = new SocketTimeoutException("timed out");

    @Test
    void serverThatIsSilentFromTheBeginningIsNotWaitedForLonger() {
        Problem problem =
                new MySqlProblems()
                        .problem(
                                new SQLException(
                                        "Socket timeout when connecting to db:3306",
                                        "08000",
                                        late));
        assertEquals(ProblemCode.TIMED_OUT, problem.code());
        assertEquals("check 'host' and 'port', and that no firewall is in between", problem.fix());
    }

    @Test
    void serverThatFallsSilentLaterIsAskedAgain() {
        Problem problem =
                new MySqlProblems().problem(new SQLException("Read timed out", "08000", late));
        assertEquals(ProblemCode.TIMED_OUT, problem.code());
        assertEquals("run again: it resumes where it stood", problem.fix());
    }
}
