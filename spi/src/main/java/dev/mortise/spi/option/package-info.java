/// What a user may set on a connection, and the trees that YAML documents become.
@NullMarked
package dev.mortise.spi.option;

import org.jspecify.annotations.NullMarked;
