/// A look at what a step gives, over the first rows of what it reads:
///
/// ```
/// node ─► the same node over limited readings ─► rows, until there are enough or time is up
/// ```
@NullMarked
package dev.mortise.engine.sample;

import org.jspecify.annotations.NullMarked;
