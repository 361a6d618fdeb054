/// From a flow to what a run will do: every name resolved, every type known, nothing changed yet.
@NullMarked
package dev.mortise.engine.plan;

import org.jspecify.annotations.NullMarked;
