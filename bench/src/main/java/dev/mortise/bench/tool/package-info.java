/// Programs started as processes, ours and the native ones, and what each of them took.
@NullMarked
package dev.mortise.bench.tool;

import org.jspecify.annotations.NullMarked;
