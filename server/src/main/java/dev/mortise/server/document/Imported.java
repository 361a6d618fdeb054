package dev.mortise.server.document;

import dev.mortise.server.web.ProblemBody;
import java.util.List;

/// What an import changes, or has changed.
///
/// @param applied false when it was only tried
/// @param problems of the documents as they would stand; they keep a document from being published
/// @param ignored files of the zip that are no documents
record Imported(
        boolean applied,
        List<Change> changes,
        List<ProblemBody.One> problems,
        List<String> ignored) {
    /// @param change `added`, `changed`, `removed` or `same`
    /// @param diff unified, from what is there to what comes; empty when nothing changes
    record Change(String kind, String name, String change, String diff) {}
}
