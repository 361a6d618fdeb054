/// A project's folder and a server that runs elsewhere: what is kept in git goes up, what was drawn
/// in the studio comes down. Knows the server by its API alone.
@NullMarked
package dev.mortise.cli.remote;

import org.jspecify.annotations.NullMarked;
