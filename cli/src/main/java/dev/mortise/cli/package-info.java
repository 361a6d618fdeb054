@NullMarked
package dev.mortise.cli;

import org.jspecify.annotations.NullMarked;
