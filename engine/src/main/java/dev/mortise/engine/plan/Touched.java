package dev.mortise.engine.plan;

import dev.mortise.engine.lineage.How;

/// A column of a step that one column of a dataset has to do with.
///
/// @param step any step, from the one that reads to those that write; of a copy, the table
/// @param column as the step gives it; for a step that writes, the column of the target
public record Touched(String flow, String step, String column, How how) {}
