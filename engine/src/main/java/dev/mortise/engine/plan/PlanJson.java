package dev.mortise.engine.plan;

import dev.mortise.engine.lineage.Origin;
import dev.mortise.engine.lineage.Trace;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.type.Field;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A plan as one line of JSON, for scripts: each write with its columns and, where asked for, what
/// they come from.
public final class PlanJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode root = JSON.createObjectNode();
    private final ArrayNode writes;

    public PlanJson(String flow) {
        root.put("flow", flow);
        writes = root.putArray("writes");
    }

    /// @param trace of its write step; empty when nobody asked for it
    public void add(Pipeline pipeline, Optional<Trace> trace) {
        ObjectNode node = writes.addObject();
        node.put("step", pipeline.step());
        node.put("connection", pipeline.connection());
        node.put("dataset", pipeline.target().dataset());
        node.put("mode", pipeline.target().mode().name().toLowerCase(Locale.ROOT));
        ArrayNode columns = node.putArray("columns");
        for (Field field : pipeline.schema().fields()) {
            ObjectNode column =
                    columns.addObject()
                            .put("column", field.name())
                            .put("type", field.type().text())
                            .put(
                                    "native",
                                    pipeline.sink().nativeTypes().getOrDefault(field.name(), ""));
            trace.ifPresent(t -> origins(column.putArray("from"), t.values(field.name())));
        }
        trace.ifPresent(t -> origins(node.putArray("rows_from"), t.rows()));
    }

    private static void origins(ArrayNode into, Collection<Origin> origins) {
        for (Origin origin : origins) {
            into.addObject()
                    .put("connection", origin.connection())
                    .put("dataset", origin.dataset())
                    .put("column", origin.column())
                    .put("how", origin.how().word());
        }
    }

    /// All of it on one line.
    ///
    /// @param problems that keep the flow from running
    public String text(List<Problem> problems) {
        ArrayNode found = root.putArray("problems");
        for (Problem problem : problems) {
            found.addObject()
                    .put("code", problem.code().name())
                    .put("message", problem.message())
                    .put("place", problem.place())
                    .put("fix", problem.fix());
        }
        return root.toString();
    }
}
