package dev.mortise.server.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// How far a step has come.
///
/// @param rowsExpected an estimate; null when unknown
/// @param rate rows a second, since it began
/// @param startedAt null until the step begins; what feeds a write step begins with it
record StepState(
        String name,
        String kind,
        String state,
        @JsonProperty("rows_in") long rowsIn,
        @JsonProperty("rows_out") long rowsOut,
        @JsonProperty("rows_rejected") long rowsRejected,
        long bytes,
        @JsonProperty("rows_expected") @Nullable Long rowsExpected,
        long rate,
        @JsonProperty("started_at") @Nullable String startedAt,
        @JsonProperty("ended_at") @Nullable String endedAt) {}
