/// The step that asks an API about each row.
@NullMarked
package dev.mortise.engine.operator.call;

import org.jspecify.annotations.NullMarked;
