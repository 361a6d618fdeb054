/// Writes the API's description from the routes that run, and holds the one that is served to it.
@NullMarked
package dev.mortise.server.openapi;

import org.jspecify.annotations.NullMarked;
