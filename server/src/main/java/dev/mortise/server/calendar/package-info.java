/// Which days are workdays: the weekends of the week, and what a country moves to and from them.
@NullMarked
package dev.mortise.server.calendar;

import org.jspecify.annotations.NullMarked;
