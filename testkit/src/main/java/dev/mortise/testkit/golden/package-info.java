/// Files that hold an input and the output it must give.
@NullMarked
package dev.mortise.testkit.golden;

import org.jspecify.annotations.NullMarked;
