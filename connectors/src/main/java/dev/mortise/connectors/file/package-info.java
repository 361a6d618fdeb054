/// Files in one folder as datasets: CSV, TSV, JSON Lines, JSON, XLSX and Parquet.
///
/// ```
/// Folder ─► FileFormat ─► …Format (schema, spans) ─► …Reader (batches, rejects) ─► FileSource
/// FileSink ─► FileLane ─► …Writer (segments) ─► FileLedger ─► Publication (one rename)
/// ```
@NullMarked
package dev.mortise.connectors.file;

import org.jspecify.annotations.NullMarked;
