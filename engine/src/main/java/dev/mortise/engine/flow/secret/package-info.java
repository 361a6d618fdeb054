/// Secrets that stand in a connection's text as they are: found, so that none is kept or shown.
@NullMarked
package dev.mortise.engine.flow.secret;

import org.jspecify.annotations.NullMarked;
