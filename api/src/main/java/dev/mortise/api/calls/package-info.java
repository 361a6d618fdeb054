/// What became of the calls of a connection: how many, how they ended, how long they took.
///
/// ```
/// Called ─► CallBook (a line a minute, resource and outcome) ─► files ─► CallReport
/// ```
@NullMarked
package dev.mortise.api.calls;

import org.jspecify.annotations.NullMarked;
