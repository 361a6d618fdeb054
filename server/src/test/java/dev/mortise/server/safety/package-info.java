/// What an attacker would try, against a running server.
@NullMarked
package dev.mortise.server.safety;

import org.jspecify.annotations.NullMarked;
