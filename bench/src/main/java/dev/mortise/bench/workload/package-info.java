/// What is measured: each workload says which rows go where, and which programs do it.
@NullMarked
package dev.mortise.bench.workload;

import org.jspecify.annotations.NullMarked;
