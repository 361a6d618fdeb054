/// What a user writes: projects, connections and flows, and every problem in them.
@NullMarked
package dev.mortise.engine.flow;

import org.jspecify.annotations.NullMarked;
