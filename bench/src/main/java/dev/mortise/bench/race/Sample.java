package dev.mortise.bench.race;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// One run, as it is kept: a line of JSON.
///
/// @param session all samples of one call of the bench share it
/// @param slot the place of the run in its cycle, from 1
/// @param wallS from the start of the process to its end
/// @param ownS by the receipt, without the start of the process
/// @param cpuUsPerUnit by part: `client` for every process we started, and each server
/// @param voided the cycle does not count, but stays on record
@JsonNaming(SnakeCaseStrategy.class)
public record Sample(
        String ts,
        String session,
        String commit,
        String workload,
        String path,
        String role,
        String command,
        int cycle,
        String order,
        int slot,
        boolean warm,
        Map<String, String> versions,
        Map<String, String> config,
        String durability,
        long units,
        double wallS,
        @Nullable Double ownS,
        Map<String, Double> cpuUsPerUnit,
        double rssMb,
        long rowsOut,
        String hash,
        boolean hashOk,
        double loadavg,
        double steal,
        @JsonProperty("void") boolean voided,
        String note) {

    @JsonIgnore
    public double cpu() {
        return cpuUsPerUnit.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    Sample asVoid(String reason) {
        return new Sample(
                ts,
                session,
                commit,
                workload,
                path,
                role,
                command,
                cycle,
                order,
                slot,
                warm,
                versions,
                config,
                durability,
                units,
                wallS,
                ownS,
                cpuUsPerUnit,
                rssMb,
                rowsOut,
                hash,
                hashOk,
                loadavg,
                steal,
                true,
                reason);
    }
}
