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
public record Target(
        String task,
        String dataset,
        Schema schema,
        WriteMode mode,
        List<String> key,
        boolean create) {
    public Target {
        key = List.copyOf(key);
    }
}
