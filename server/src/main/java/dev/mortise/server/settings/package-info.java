/// How a server is started; every slice may read it.
@NullMarked
package dev.mortise.server.settings;

import org.jspecify.annotations.NullMarked;
