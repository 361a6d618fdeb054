package dev.mortise.cli.api;

import dev.mortise.api.cassette.Change;
import dev.mortise.api.cassette.Severity;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.lineage.How;
import dev.mortise.engine.plan.Connections;
import dev.mortise.engine.plan.DatasetRef;
import dev.mortise.engine.plan.Lineage;
import dev.mortise.engine.plan.Touched;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Which columns of which flows changed fields come to.
///
/// @param ref the dataset whose fields changed
record Touches(Lineage lineage, DatasetRef ref) {
    /// @param recorded schemas as they were recorded: they are not asked for again
    static Lineage lineage(Project project, Map<DatasetRef, Schema> recorded) {
        try (Connections connections = new Connections(project.connections())) {
            Function<DatasetRef, Schema> others = Lineage.described(connections);
            return Lineage.of(
                    project,
                    asked -> {
                        Schema schema = recorded.get(asked);
                        return schema == null ? others.apply(asked) : schema;
                    });
        }
    }

    /// The columns of steps that some columns of the dataset come to.
    List<Touched> by(List<String> columns) {
        List<Touched> all = new ArrayList<>();
        for (String column : columns) {
            try {
                lineage.touched(ref.connection(), ref.dataset(), column).stream()
                        .filter(touched -> !all.contains(touched))
                        .forEach(all::add);
            } catch (ProblemException _) {
                // A flow reads the dataset otherwise than it was recorded: by its plan it tells so.
            }
        }
        return all;
    }

    /// The first of what kept flows from being followed.
    Optional<Problem> unfollowed() {
        return lineage.problems().stream().findFirst();
    }

    /// A change as grave as what it comes to: without a value no row is found in a target.
    static Change weighed(Change change, List<Touched> touched) {
        boolean absent =
                change.kind() == Change.Kind.NULL_NEW || change.kind() == Change.Kind.FIELD_RARER;
        boolean key = touched.stream().anyMatch(one -> one.how() == How.KEY);
        return absent && key ? change.weighing(Severity.BREAKING) : change;
    }

    static String told(Touched touched) {
        return touched.flow() + "." + touched.step() + "." + touched.column();
    }
}
