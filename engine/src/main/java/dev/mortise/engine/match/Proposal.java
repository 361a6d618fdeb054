package dev.mortise.engine.match;

import java.util.List;
import java.util.Optional;

/// What is proposed for one target column.
///
/// @param source empty in the band NONE
/// @param reasons strongest signal first
/// @param alternatives other sources worth a look, best first
public record Proposal(
        FieldProfile target,
        Optional<FieldProfile> source,
        double score,
        Band band,
        List<Reason> reasons,
        List<Alternative> alternatives) {
    /// A source that was not chosen.
    public record Alternative(String source, double score) {}

    public Proposal {
        reasons = List.copyOf(reasons);
        alternatives = List.copyOf(alternatives);
    }

    /// Whether rows cannot be written without a value for it, and none was found.
    public boolean missing() {
        return source.isEmpty() && target.needed();
    }
}
