/// Values of a YAML text, where they stand in it, so that one may be changed and all else stays.
@NullMarked
package dev.mortise.engine.flow.leaf;

import org.jspecify.annotations.NullMarked;
