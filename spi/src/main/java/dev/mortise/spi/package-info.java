@NullMarked
package dev.mortise.spi;

import org.jspecify.annotations.NullMarked;
