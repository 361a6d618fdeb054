package dev.mortise.connectors.http;

import dev.mortise.api.page.Children;
import dev.mortise.api.page.Inference;
import dev.mortise.api.page.Page;
import dev.mortise.api.page.Records;
import dev.mortise.api.page.Shape;
import dev.mortise.api.paging.Position;
import dev.mortise.api.paging.Scope;
import dev.mortise.api.paging.Slices;
import dev.mortise.connectors.http.Call.Answer;
import dev.mortise.connectors.http.Resource.Column;
import dev.mortise.spi.batch.Times;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// The first page of a resource, to see what it is like.
final class Sample {
    private Sample() {}

    static Call call(Api api, Requests requests) {
        return requests.page(Position.start(scope(api, requests)));
    }

    /// The latest slice has most likely records.
    private static Scope scope(Api api, Requests requests) {
        Optional<Slices> slices = requests.read().around().slices();
        long now = Times.micros(LocalDateTime.ofInstant(api.now(), ZoneOffset.UTC));
        List<Scope> scopes = slices.map(cut -> cut.scopes(Optional.empty(), now)).orElse(List.of());
        return scopes.isEmpty() ? new Scope.Whole() : scopes.getLast();
    }

    /// The columns of its records; none when it has no records.
    ///
    /// @throws ProblemException OPTION_MISSING when nobody can tell without reading it all
    static List<Column> columns(Api api, Requests requests) {
        if (!requests.read().standsAlone()) {
            throw ProblemException.of(
                    ProblemCode.OPTION_MISSING,
                    "resource '%s' needs columns beside 'for_each' or 'job'"
                            .formatted(requests.read().resource()),
                    "list them under 'columns' of the resource");
        }
        Call call = call(api, requests);
        Answer answer = api.fetch(call);
        try (Page page = requests.open(call, answer, api.refusals());
                Records records = records(page, requests.read().shape())) {
            List<Column> columns =
                    inferred(records, requests.read().shape()).stream()
                            .map(f -> new Column(f.name(), f.type(), List.of(f.name())))
                            .toList();
            if (page.records() == 0) {
                page.facts(0, requests.read().records(), api.refusals()::shown);
            }
            return columns;
        } catch (JacksonException e) {
            throw Page.broken(e, api.refusals()::hide);
        }
    }

    private static List<Field> inferred(Records records, Shape shape) {
        return Inference.fields(records, shape.fields(), List.copyOf(shape.parent().keySet()));
    }

    private static Records records(Page page, Shape shape) {
        return shape.each()
                .<Records>map(
                        each -> new Children(page, each, List.copyOf(shape.parent().values())))
                .orElse(page);
    }
}
