package dev.mortise.server.document;

import dev.mortise.engine.flow.leaf.ConnectionNames;
import dev.mortise.server.document.ConnectionUses.Text;
import dev.mortise.server.document.ConnectionUses.Use;
import dev.mortise.server.document.Rewriting.Edit;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/// Lets flows name a connection by its new name: the names change, and no other byte of the texts.
@Component
final class Repointing {
    private final ConnectionUses uses;
    private final EditLocks locks;
    private final Rewriting rewriting;

    Repointing(ConnectionUses uses, EditLocks locks, Rewriting rewriting) {
        this.uses = uses;
        this.locks = locks;
        this.rewriting = rewriting;
    }

    /// What became of flows.
    ///
    /// @param changed under their new revision
    /// @param left which may name the connection, and cannot be taken apart
    record Outcome(List<Document> changed, List<Document> left) {
        static final Outcome NOTHING = new Outcome(List.of(), List.of());
    }

    /// Changes all flows that name a connection, in the transaction that renames it: a revision
    /// each, by the caller.
    ///
    /// @throws ProblemsException for each that somebody else edits, or that cannot be changed
    Outcome follow(DSLContext dsl, Document connection, String to, Caller caller) {
        String from = connection.name();
        List<Use> found = uses.find(dsl, connection.project(), from);
        List<Problem> problems = new ArrayList<>();
        List<Edit> edits = new ArrayList<>();
        for (Use use : found) {
            if (use.isNaming()) {
                locks.held(dsl, use.flow(), caller).ifPresent(problems::add);
                edit(use, from, to).ifPresentOrElse(edits::add, () -> problems.add(odd(use, from)));
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return new Outcome(
                rewriting.saved(
                        dsl, edits, "connection %s is now called %s".formatted(from, to), caller),
                found.stream().filter(use -> !use.isLegible()).map(Use::flow).toList());
    }

    private static Optional<Edit> edit(Use use, String from, String to) {
        Optional<String> newest = renamed(use.newest(), from, to);
        Text used = use.used();
        if (used == null || !used.isNaming()) {
            return newest.map(text -> new Edit(use.flow(), text, null));
        }
        return newest.flatMap(
                text -> renamed(used, from, to).map(old -> new Edit(use.flow(), text, old)));
    }

    private static Optional<String> renamed(Text text, String from, String to) {
        return text.isNaming()
                ? ConnectionNames.renamed(text.text(), from, to)
                : Optional.of(text.text());
    }

    private static Problem odd(Use use, String connection) {
        return Problem.of(
                        ProblemCode.VALUE_INVALID,
                        "flow '%s' names '%s' in a way that cannot be changed by itself"
                                .formatted(use.flow().name(), connection),
                        "write the name as it is, without escapes, and rename again")
                .at(use.flow().file() + ":" + use.places().getFirst().line());
    }
}
