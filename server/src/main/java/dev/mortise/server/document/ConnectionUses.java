package dev.mortise.server.document;

import dev.mortise.engine.flow.leaf.ConnectionNames;
import dev.mortise.engine.flow.leaf.ConnectionNames.Named;
import dev.mortise.server.store.Database;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The flows that name a connection: in the text that was saved last, or in the one runs use.
@Component
final class ConnectionUses {
    static final int FLOWS_MAX = 5_000;

    private final Database database;
    private final DocumentStore documents;

    ConnectionUses(Database database, DocumentStore documents) {
        this.database = database;
        this.documents = documents;
    }

    /// A text of a flow.
    ///
    /// @param places where it names the connection; empty when it cannot be taken apart
    record Text(String text, Optional<List<Named>> places) {
        static Text of(String text, String connection) {
            return new Text(text, ConnectionNames.named(text, connection));
        }

        boolean isNaming() {
            return places.isPresent() && !places.get().isEmpty();
        }
    }

    /// A flow that names the connection, or may do so where its text cannot be taken apart.
    ///
    /// @param newest as it was saved last
    /// @param used as runs use it, where that is another text; null otherwise
    record Use(Document flow, Text newest, @Nullable Text used) {
        boolean isNaming() {
            return newest.isNaming() || (used != null && used.isNaming());
        }

        boolean isLegible() {
            return newest.places().isPresent();
        }

        /// In the newest text, or else in the one runs use.
        List<Named> places() {
            Text shown = newest.isNaming() || used == null ? newest : used;
            return shown.places().orElse(List.of());
        }
    }

    /// All of them, by their names.
    List<Use> find(String project, String connection) {
        return database.read(dsl -> find(dsl, project, connection));
    }

    /// The same within a transaction.
    ///
    /// @throws ProblemException LIMIT_EXCEEDED when they are too many
    List<Use> find(DSLContext dsl, String project, String connection) {
        List<Document> flows =
                documents.containing(dsl, project, DocumentKind.FLOWS, connection, FLOWS_MAX + 1);
        if (flows.size() > FLOWS_MAX) {
            throw ProblemException.of(
                    ProblemCode.LIMIT_EXCEEDED,
                    "more than %d flows may name '%s'".formatted(FLOWS_MAX, connection),
                    "make several projects of this one");
        }
        return flows.stream()
                .map(flow -> use(dsl, flow, connection))
                .filter(use -> use.isNaming() || isLikely(use, connection))
                .toList();
    }

    private static boolean isLikely(Use use, String connection) {
        return !use.isLegible() && use.newest().text().contains(connection + ".");
    }

    private Use use(DSLContext dsl, Document flow, String connection) {
        Text newest = Text.of(flow.text(), connection);
        if (flow.state() != Document.State.CHANGED) {
            return new Use(flow, newest, null);
        }
        return new Use(flow, newest, Text.of(documents.used(dsl, flow), connection));
    }
}
