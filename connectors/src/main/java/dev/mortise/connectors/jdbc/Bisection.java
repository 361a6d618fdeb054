package dev.mortise.connectors.jdbc;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.Fault;
import dev.mortise.spi.problem.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/// Writes a batch so that a row the database refuses takes no other row with it: the batch goes in
/// whole, behind a savepoint; when it is refused for its content it is halved until the bad rows
/// stand alone. Errors that are not the row's fault are thrown at once and reject nothing.
public final class Bisection {
    private final Connection connection;
    private final SqlProblems problems;

    /// Writes all rows of a batch or fails.
    @FunctionalInterface
    public interface Attempt {
        void write(Batch rows) throws SQLException;
    }

    public Bisection(Connection connection, SqlProblems problems) {
        this.connection = connection;
        this.problems = problems;
    }

    /// Writes the first rows of a transaction. There is nothing yet to be kept behind a savepoint,
    /// which spares two calls to the server for most of what is ever written.
    ///
    /// @return how many rows were accepted
    public int writeFirst(Batch batch, Attempt attempt, Rejects rejects) throws SQLException {
        try {
            attempt.write(batch);
            return batch.rows();
        } catch (SQLException error) {
            if (problems.problem(error).fault() != Fault.ROW) {
                throw error;
            }
            connection.rollback();
            return isolate(batch, attempt, rejects, error);
        }
    }

    /// @return how many rows were accepted
    public int write(Batch batch, Attempt attempt, Rejects rejects) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            attempt.write(batch);
            connection.releaseSavepoint(savepoint);
            return batch.rows();
        } catch (SQLException error) {
            Problem problem = problems.problem(error);
            if (problem.fault() != Fault.ROW) {
                throw error;
            }
            connection.rollback(savepoint);
            return isolate(batch, attempt, rejects, error);
        }
    }

    private int isolate(Batch batch, Attempt attempt, Rejects rejects, SQLException error)
            throws SQLException {
        if (batch.rows() == 1) {
            rejects.reject(
                    new RejectedRow(
                            problems.problem(error), problems.column(error), RowJson.of(batch, 0)));
            return 0;
        }
        int middle = batch.rows() / 2;
        return write(batch.slice(0, middle), attempt, rejects)
                + write(batch.slice(middle, batch.rows()), attempt, rejects);
    }
}
