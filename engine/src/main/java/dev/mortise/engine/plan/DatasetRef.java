package dev.mortise.engine.plan;

/// A dataset as flows name it.
///
/// @param connection the name the connection has in the project
public record DatasetRef(String connection, String dataset) {
    @Override
    public String toString() {
        return connection + "." + dataset;
    }
}
