/// The roles a connector plays: reads, writes, verifies.
@NullMarked
package dev.mortise.spi.connect;

import org.jspecify.annotations.NullMarked;
