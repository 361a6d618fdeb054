@NullMarked
package dev.mortise.connectors;

import org.jspecify.annotations.NullMarked;
