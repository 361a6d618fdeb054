/// What went wrong, where, who acts and how to mend it.
@NullMarked
package dev.mortise.spi.problem;

import org.jspecify.annotations.NullMarked;
