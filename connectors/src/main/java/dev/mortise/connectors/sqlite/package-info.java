/// SQLite: a database in one file, with one writer at a time.
@NullMarked
package dev.mortise.connectors.sqlite;

import org.jspecify.annotations.NullMarked;
