/// The columnar unit of work: a batch of rows as columns over primitive arrays.
@NullMarked
package dev.mortise.spi.batch;

import org.jspecify.annotations.NullMarked;
