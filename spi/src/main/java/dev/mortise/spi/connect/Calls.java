package dev.mortise.spi.connect;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.problem.ProblemException;
import java.util.Map;

/// The role of a connector that can be asked with the values of one row, and answers with rows of
/// its own: an API that is looked into, or told something, row by row.
public interface Calls extends Connector {
    /// What a call of a dataset takes and gives.
    ///
    /// @throws ProblemException DATASET_MISSING with the nearest name; OPTION_MISSING when its
    ///     columns cannot be known without a call
    Callee callee(String dataset);

    /// Makes one call. Many threads call at the same time.
    ///
    /// @param values canonical texts by name; a null of the row is left out
    /// @param rowsMax how many rows of the answer are wanted at most
    /// @return the rows of the answer in the schema of the callee; none for an empty answer
    /// @throws ProblemException with fault ROW when what was sent is refused, so that others may
    ///     still be accepted
    Batch call(String dataset, Map<String, String> values, int rowsMax);
}
