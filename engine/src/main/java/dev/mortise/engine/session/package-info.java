/// What one who plans, runs or verifies a flow holds open.
@NullMarked
package dev.mortise.engine.session;

import org.jspecify.annotations.NullMarked;
