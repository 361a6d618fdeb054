/// Starting the studio, by itself or with the demo's systems. The one place that knows the server,
/// whose libraries are on the class path of no other command.
@NullMarked
package dev.mortise.cli.serve;

import org.jspecify.annotations.NullMarked;
