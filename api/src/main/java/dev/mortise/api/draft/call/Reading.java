package dev.mortise.api.draft.call;

import dev.mortise.api.draft.call.Resource.Column;
import dev.mortise.api.draft.call.Resource.Wire;
import dev.mortise.spi.option.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// Makes resources of calls that fetch records, whole or row by row.
///
/// @param columnsOf gives the columns of a record, within the limits of the whole draft
record Reading(
        Findings findings, Names names, BiFunction<Shape, Operation, List<Column>> columnsOf) {
    /// @param given values that a row gives; none for a call that is read
    Optional<Resource> of(Operation operation, List<String> given) {
        Records records = Records.of(operation);
        if (operation.answers() == Media.XML && records.steps().isEmpty()) {
            findings.leftOut(
                    operation.place(),
                    operation.method()
                            + " "
                            + operation.path()
                            + " is answered with XML of which no element is told",
                    "");
            return Optional.empty();
        }
        Optional<PagingGuess.Found> paging =
                given.isEmpty() ? PagingGuess.of(operation, records) : Optional.empty();
        paging.ifPresent(found -> tell(operation, found));
        Set<String> used = paging.map(PagingGuess.Found::params).orElse(Set.of());
        boolean single = Records.isSingle(operation, records);
        Shape record = single ? Records.single(records.record()) : records.record();
        List<Column> columns = columnsOf.apply(record, operation);
        Optional<String> key = Columns.key(columns, Resources.last(operation.path()));
        operation.ofBody().forEach(findings::add);
        Optional<Tree> body = body(operation, used);
        Parameters parameters = new Parameters(findings);
        Map<String, String> params = parameters.params(operation, used, given);
        return Optional.of(
                new Resource(
                        names.unique(
                                Names.resource(
                                        operation.id(), operation.path(), operation.method())),
                        operation.title(),
                        operation.method(),
                        operation.path(),
                        params,
                        parameters.headers(operation),
                        body,
                        new Wire(operation.sends(), operation.answers(), single),
                        given,
                        records.path(),
                        paging.map(PagingGuess.Found::paging),
                        columns,
                        key.map(List::of).orElse(List.of()),
                        Optional.empty(),
                        Optional.empty(),
                        Parameters.notes(operation, used)));
    }

    private void tell(Operation operation, PagingGuess.Found found) {
        findings.guessed(
                operation.place(),
                "paging '%s' of %s %s: %s"
                        .formatted(
                                found.paging().words().get("kind"),
                                operation.method(),
                                operation.path(),
                                String.join(", ", found.paging().reasons())));
    }

    private Optional<Tree> body(Operation operation, Set<String> used) {
        Optional<Tree> body =
                operation
                        .body()
                        .map(tree -> BodyTemplate.without(tree, used))
                        .filter(_ -> !operation.method().equals("GET"));
        if (operation.body().isPresent() && body.isEmpty()) {
            findings.leftOut(operation.place(), "a GET sends a body, which is left out", "");
        }
        return body;
    }
}
