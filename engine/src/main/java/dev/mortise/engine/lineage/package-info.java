/// What the columns of a step are made of, read from DuckDB's own parse trees.
///
/// ```
/// SQL ─► parse tree ─► from: relations ─► select: columns and what they come from
/// ```
@NullMarked
package dev.mortise.engine.lineage;

import org.jspecify.annotations.NullMarked;
