package dev.mortise.spi.connect;

import dev.mortise.spi.problem.Problem;
import org.jspecify.annotations.Nullable;

/// A row set aside, with enough to mend and replay it.
///
/// @param problem what is wrong; its fault is ROW
/// @param column the column to blame; null when no single one is
/// @param row the row as a JSON object of canonical texts ([dev.mortise.spi.batch.RowJson]), or the
///     raw text where it could not be taken apart
public record RejectedRow(Problem problem, @Nullable String column, String row) {}
