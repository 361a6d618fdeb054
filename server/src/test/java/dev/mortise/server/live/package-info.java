/// A running server and a client that behaves like the studio, for tests.
@NullMarked
package dev.mortise.server.live;

import org.jspecify.annotations.NullMarked;
