/// API tokens: rights to call the API in somebody's name, up to a role.
@NullMarked
package dev.mortise.server.token;

import org.jspecify.annotations.NullMarked;
