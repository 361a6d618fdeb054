/// PostgreSQL through binary `COPY`, both ways, without an object per cell.
///
/// ```
/// PostgresSnapshot ─► RangeSplitter ─► CopySource ─► CellReader ─► Batch
/// Batch ─► PostgresLane ─► CopyWriter ─► CellWriter ─► table, staging table or shadow
/// ```
@NullMarked
package dev.mortise.connectors.postgres;

import org.jspecify.annotations.NullMarked;
