/// Rows that runs set aside: looked at, mended, replayed or given up.
@NullMarked
package dev.mortise.server.reject;

import org.jspecify.annotations.NullMarked;
