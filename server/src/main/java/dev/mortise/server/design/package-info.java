/// Flows while they are written: what is wrong with them, what each step gives, what an expression
/// makes of real rows, and which column may belong to which.
@NullMarked
package dev.mortise.server.design;

import org.jspecify.annotations.NullMarked;
