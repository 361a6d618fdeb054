@NullMarked
package dev.mortise.bench;

import org.jspecify.annotations.NullMarked;
