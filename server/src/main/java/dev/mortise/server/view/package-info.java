/// Filters of lists, kept under a name by who uses them often.
@NullMarked
package dev.mortise.server.view;

import org.jspecify.annotations.NullMarked;
