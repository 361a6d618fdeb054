/// Values straight from bytes, for the spellings that nearly every value has.
@NullMarked
package dev.mortise.spi.spelling;

import org.jspecify.annotations.NullMarked;
