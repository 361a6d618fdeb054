/// What a value may be: types, fields, schemas, and what is lost between two types.
@NullMarked
package dev.mortise.spi.type;

import org.jspecify.annotations.NullMarked;
