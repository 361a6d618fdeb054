/// Real database servers on loopback for tests and the demo: unpacked once into a cache folder of
/// the user, started on a free port, and gone again without a trace when closed.
@NullMarked
package dev.mortise.testkit.live;

import org.jspecify.annotations.NullMarked;
