/// Where the control plane keeps what it knows: SQLite beside the program, or PostgreSQL.
@NullMarked
package dev.mortise.server.store;

import org.jspecify.annotations.NullMarked;
