package dev.mortise.connectors.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PostgresProblemsTest {
    private final SocketTimeoutException late = new SocketTimeoutException("timed out");

    @Test
    void serverThatIsSilentFromTheBeginningIsNotWaitedForLonger() {
        Problem problem =
                new PostgresProblems()
                        .problem(new SQLException("The connection attempt failed.", "08001", late));
        assertEquals(ProblemCode.TIMED_OUT, problem.code());
        assertEquals("check 'host' and 'port', and that no firewall is in between", problem.fix());
    }

    @Test
    void serverThatFallsSilentLaterIsAskedAgain() {
        Problem problem =
                new PostgresProblems()
                        .problem(new SQLException("An I/O error occurred", "08006", late));
        assertEquals(ProblemCode.TIMED_OUT, problem.code());
        assertEquals("raise 'statement_timeout', then run again: it resumes", problem.fix());
    }
}
