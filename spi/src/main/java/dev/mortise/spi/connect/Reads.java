package dev.mortise.spi.connect;

import java.util.List;

/// The role of a connector that rows can be read from.
public interface Reads extends Connector {
    /// Names of datasets that match a pattern, sorted. `*` stands for any run of characters, so
    /// `sales.*` and `*` work; system schemas and Mortise's own tables are left out.
    List<String> datasets(String pattern);

    /// Describes one dataset.
    ///
    /// @throws dev.mortise.spi.problem.ProblemException DATASET_MISSING with the nearest name
    Dataset describe(String name);

    /// Describes several datasets, in the order of their names. A system whose catalogue tells of
    /// many as fast as of one is asked once.
    ///
    /// @throws dev.mortise.spi.problem.ProblemException DATASET_MISSING with the nearest name
    default List<Dataset> describe(List<String> names) {
        return names.stream().map(this::describe).toList();
    }

    /// Opens one consistent view of a dataset: everything read through it is of one moment, as far
    /// as the system can do that.
    Snapshot snapshot(Dataset dataset, Scan scan);
}
