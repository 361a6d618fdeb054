/// Datasets in the memory of this process: for tests, examples and rehearsals. It keeps every
/// promise a database keeps but one: nothing outlives the process.
///
/// ```
/// MemoryConnector ─► MemorySnapshot ─► MemorySource      reads an unchanging array of rows
///                └─► MemorySink ─► MemoryLane            commits into MemoryStore under its lock
/// ```
@NullMarked
package dev.mortise.connectors.memory;

import org.jspecify.annotations.NullMarked;
