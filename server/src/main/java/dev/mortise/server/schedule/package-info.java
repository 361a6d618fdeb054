/// When flows run by themselves: at times, or after others.
@NullMarked
package dev.mortise.server.schedule;

import org.jspecify.annotations.NullMarked;
