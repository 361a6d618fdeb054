/// Connections as their authors test them and look into them: what is there, what it looks like.
@NullMarked
package dev.mortise.server.connection;

import org.jspecify.annotations.NullMarked;
