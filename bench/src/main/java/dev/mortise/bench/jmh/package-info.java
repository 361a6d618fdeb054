/// Small pieces of the batch road by themselves, measured by JMH.
@NullMarked
package dev.mortise.bench.jmh;

import org.jspecify.annotations.NullMarked;
