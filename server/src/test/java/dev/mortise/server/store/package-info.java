/// Databases of their own for tests of stores.
@NullMarked
package dev.mortise.server.store;

import org.jspecify.annotations.NullMarked;
