/// The database, opened for tests of single stores.
@NullMarked
package dev.mortise.server.store;

import org.jspecify.annotations.NullMarked;
