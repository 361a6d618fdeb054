package dev.mortise.connectors.http;

import dev.mortise.api.paging.ForEach;
import dev.mortise.api.paging.Scope;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;

/// Reads the resource that another one is asked for each record of.
record Parents(Api api, Endpoint endpoint) {
    /// @throws ProblemException when there is no such resource, or when it depends on itself
    List<Scope> scopes(Resource child, ForEach each) {
        check(child);
        Resource parent =
                java.util.Objects.requireNonNull(endpoint.resources().get(each.resource()));
        ForEach.Parts parts = each.new Parts();
        Schema schema = new Schema(List.of(Field.of(each.field(), Scalar.TEXT)));
        Dataset dataset = Dataset.of(parent.name(), schema, List.of());
        try (Snapshot snapshot = new HttpSnapshot(api, endpoint, parent, dataset, Scan.ALL)) {
            for (Range range : snapshot.ranges(Long.MAX_VALUE)) {
                read(snapshot, range, parts);
            }
        }
        return parts.scopes();
    }

    private static void read(Snapshot snapshot, Range range, ForEach.Parts parts) {
        try (Source source =
                snapshot.source(
                        range,
                        row -> {
                            throw new ProblemException(row.problem());
                        })) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                add((BytesColumn) batch.column(0), batch.rows(), parts);
            }
        }
    }

    private static void add(BytesColumn values, int rows, ForEach.Parts parts) {
        for (int row = 0; row < rows; row++) {
            if (!values.isNull(row)) {
                parts.add(values.text(row));
            }
        }
    }

    private void check(Resource child) {
        List<String> chain = new ArrayList<>();
        Resource at = child;
        while (at.read().flatMap(read -> read.around().forEach()).isPresent()) {
            chain.add(at.name());
            ForEach each = at.read().orElseThrow().around().forEach().orElseThrow();
            Resource parent = endpoint.resources().get(each.resource());
            if (parent == null || parent.read().isEmpty()) {
                throw ProblemException.of(
                        ProblemCode.DATASET_MISSING,
                        "'for_each' of resource '%s' names '%s', which cannot be read"
                                .formatted(at.name(), each.resource()),
                        Nearest.fix(each.resource(), endpoint.resources().keySet()));
            }
            if (chain.contains(parent.name()) || chain.size() > ForEach.DEPTH_MAX) {
                throw new ProblemException(
                        Problem.of(
                                ProblemCode.OPTION_INVALID,
                                "'for_each' leads in a circle or too deep: %s, %s"
                                        .formatted(String.join(", ", chain), parent.name()),
                                "let the first of them stand alone"));
            }
            at = parent;
        }
    }
}
