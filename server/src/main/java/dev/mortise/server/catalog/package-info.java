/// What the product knows whoever uses it: its connectors with their options, and its problems.
@NullMarked
package dev.mortise.server.catalog;

import org.jspecify.annotations.NullMarked;
