/// DuckDB: a whole warehouse in one file, inside this process.
///
/// ```
/// batch ─► appender ─► stage ─► checked in SQL ─► table, with its checkpoint in one commit
///              └─────────────────────────────────► a table without rules is appended to at once
/// ```
@NullMarked
package dev.mortise.connectors.duckdb;

import org.jspecify.annotations.NullMarked;
