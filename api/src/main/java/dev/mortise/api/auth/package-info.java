/// How a connection signs in and signs its calls: what its definition says, and what that puts on a
/// call just before it is sent.
@NullMarked
package dev.mortise.api.auth;

import org.jspecify.annotations.NullMarked;
