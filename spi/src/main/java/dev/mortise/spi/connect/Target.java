package dev.mortise.spi.connect;

import dev.mortise.spi.type.Schema;
import java.util.List;

/// What a step writes and where to.
///
/// @param task names the flow and step for checkpoints: `orders-to-crm/crm_orders`
/// @param dataset name in the target system
/// @param schema the columns that arrive
/// @param key the columns that identify a row; empty in modes that need none
/// @param create whether a missing dataset is made
/// @param fence on whose behalf its task is claimed
public record Target(
        String task,
        String dataset,
        Schema schema,
        WriteMode mode,
        List<String> key,
        boolean create,
        Fence fence) {
    public Target {
        key = List.copyOf(key);
    }

    /// Of a run that nobody else can own.
    public Target(
            String task,
            String dataset,
            Schema schema,
            WriteMode mode,
            List<String> key,
            boolean create) {
        this(task, dataset, schema, mode, key, create, Fence.NONE);
    }

    /// The same, claimed on an owner's behalf.
    public Target with(Fence owner) {
        return new Target(task, dataset, schema, mode, key, create, owner);
    }
}
