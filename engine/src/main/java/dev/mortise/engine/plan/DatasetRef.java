package dev.mortise.engine.plan;

import dev.mortise.engine.lineage.How;
import dev.mortise.engine.lineage.Origin;

/// A dataset as flows name it.
///
/// @param connection the name the connection has in the project
public record DatasetRef(String connection, String dataset) {
    Origin origin(String column) {
        return new Origin(connection, dataset, column, How.COPIED);
    }

    @Override
    public String toString() {
        return connection + "." + dataset;
    }
}
