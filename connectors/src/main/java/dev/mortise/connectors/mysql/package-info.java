/// MariaDB and MySQL.
///
/// ```
/// read    snapshot ─► ranges of the key ─► binary rows, decoded from the wire into columns
/// write   batch ─► rows that fit ─► LOAD DATA LOCAL from memory ─► warnings?
///           none: the rows stand · any: back to the savepoint, and halve the batch
/// verify  one scan: md5 of every row's encoding, summed a bucket
/// ```
@NullMarked
package dev.mortise.connectors.mysql;

import org.jspecify.annotations.NullMarked;
