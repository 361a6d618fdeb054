package dev.mortise.engine.plan;

import dev.mortise.engine.flow.Step;
import dev.mortise.engine.lineage.How;
import dev.mortise.engine.lineage.Origin;
import dev.mortise.engine.lineage.Trace;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a call step gives: the columns that arrive, and those it takes from the answer. These come
/// from the answer and from what the API was asked with.
record CallTrace(Schema schema, Trace trace) {
    /// @param answer the columns of the answer
    /// @throws ProblemException COLUMN_MISSING when the answer has not what is taken
    static CallTrace of(Step.Call call, Schema answer, Schema schema, Trace input) {
        DatasetRef dataset = new DatasetRef(call.connection(), call.dataset());
        Set<Origin> asked = new LinkedHashSet<>();
        call.values().values().forEach(column -> asked.addAll(input.values(column)));
        List<Field> fields = new ArrayList<>(schema.fields());
        List<Trace.Column> columns = new ArrayList<>(input.columns());
        taken(call, answer)
                .forEach(
                        (name, column) -> {
                            Lineage.require(dataset, answer, column);
                            Set<Origin> origins = new LinkedHashSet<>();
                            origins.add(dataset.origin(column));
                            origins.addAll(Origin.as(asked, How.JOINED_ON));
                            fields.add(answer.field(answer.indexOf(column)).named(name));
                            columns.add(new Trace.Column(name, origins));
                        });
        Trace trace = new Trace(columns, input.rows());
        boolean rejects = call.absent() == Step.Call.Absent.REJECT;
        return new CallTrace(
                new Schema(fields), rejects ? trace.decidedBy(asked, How.FILTERED_BY) : trace);
    }

    private static Map<String, String> taken(Step.Call call, Schema answer) {
        Map<String, String> all = new LinkedHashMap<>(call.taken());
        if (all.isEmpty()) {
            answer.names().forEach(name -> all.put(name, name));
        }
        return all;
    }
}
