/// Ratios beside native tools: what a copy costs here, and what the databases' own programs take
/// for the same work in the same minutes.
///
/// ```
/// Bench ─► workload: what is copied, by whom ─► race: cycles, records, table
///                          └─► tool: our product and the native programs as processes
/// ```
@NullMarked
package dev.mortise.bench;

import org.jspecify.annotations.NullMarked;
