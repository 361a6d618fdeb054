package dev.mortise.engine.lineage;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/// A column of a dataset that something comes from.
///
/// @param connection the name the connection has in the project
/// @param dataset as the flow writes it
public record Origin(String connection, String dataset, String column, How how) {
    /// The same column in another role. What is not known stays so.
    Origin as(How role) {
        return how == How.MAY || how == role ? this : new Origin(connection, dataset, column, role);
    }

    /// All of them in one role, each once.
    public static Set<Origin> as(Collection<Origin> origins, How role) {
        Set<Origin> all = new LinkedHashSet<>();
        origins.forEach(origin -> all.add(origin.as(role)));
        return Collections.unmodifiableSet(all);
    }
}
