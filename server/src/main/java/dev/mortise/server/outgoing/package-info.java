/// How the server's own calls leave it: to hosts that were looked up and checked, with no redirect
/// followed.
@NullMarked
package dev.mortise.server.outgoing;

import org.jspecify.annotations.NullMarked;
