package dev.mortise.engine.plan;

import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.Incremental;
import dev.mortise.spi.connect.SinkPlan;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.Writes;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All that leads to one write step: a head that gives batches, row-wise steps, and the sink.
///
/// @param step the name of the write step
/// @param head where batches begin: a dataset that is read in ranges, or a query in one part
/// @param rows the row-wise steps after the head, in order
/// @param connection the name of the target's connection
public record Pipeline(
        String step,
        Node head,
        List<Node.Rowwise> rows,
        String connection,
        Writes connector,
        Target target,
        SinkPlan sink) {
    public Pipeline {
        rows = List.copyOf(rows);
    }

    /// The schema of the rows that reach the sink, before they are cast to its types.
    public Schema schema() {
        return rows.isEmpty() ? head.schema() : rows.getLast().schema();
    }

    /// Names of the steps in the order rows meet them.
    public List<String> steps() {
        List<String> names = new ArrayList<>();
        names.add(head.step());
        rows.forEach(row -> names.add(row.step()));
        names.add(step);
        return names;
    }

    /// Whether rows that were set aside before a write step are this one's: by the name it has, or
    /// by that under which it is known to its target.
    public boolean isFor(String writeStep) {
        return writeStep.equals(step) || target.task().endsWith("/" + writeStep);
    }

    /// How many parts may be moved side by side: what is wished for, within what both connections
    /// allow. One connection on both ends has to share.
    public int lanesMax(int wished) {
        return head instanceof Node.Reading reading
                ? lanesMax(reading.connector(), connector, wished)
                : Math.clamp(connector.sessionsMax(), 1, wished);
    }

    static int lanesMax(Connector from, Connector to, int wished) {
        boolean shared = from == to;
        int allowed =
                shared ? to.sessionsMax() / 2 : Math.min(from.sessionsMax(), to.sessionsMax());
        return Math.clamp(allowed, 1, wished);
    }

    /// How the head follows a cursor, when it does.
    public Optional<Incremental> incremental() {
        return head instanceof Node.Reading reading
                ? reading.scan().incremental()
                : Optional.empty();
    }

    /// The chain from a node back to the last one that is not row-wise.
    static Pipeline of(
            Node last,
            String step,
            String connection,
            Writes connector,
            Target target,
            SinkPlan sink) {
        List<Node.Rowwise> rows = new ArrayList<>();
        Node head = last;
        while (head instanceof Node.Rowwise row) {
            rows.addFirst(row);
            head = row.input();
        }
        return new Pipeline(step, head, rows, connection, connector, target, sink);
    }
}
