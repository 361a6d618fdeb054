/// Conversions of columns between types: what each loses, and a kernel for each pair.
@NullMarked
package dev.mortise.engine.operator.cast;

import org.jspecify.annotations.NullMarked;
