/// The control plane: decides, and never stands in the data's way.
///
/// ```
/// studio ─► web (who asks, what for, in which shape) ─► slice: Routes ─► Rules ─► Store ─► store
///                                                                    │
///                                                                    └─► engine, for plans and
// runs
/// ```
///
/// A slice is a noun a user says. Its `Routes` take HTTP in and give records out, its `Rules` are
/// pure, its `Store` alone knows its tables.
@NullMarked
package dev.mortise.server;

import org.jspecify.annotations.NullMarked;
