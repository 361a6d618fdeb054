/// What somebody sees first: how transfers went, what is out of date, what fails, what runs out.
///
/// ```
/// runs ─► hours (rolled up once they are over) ─┐
/// runs of the hour that is not over yet ────────┴─► Tally ─► HomeRoutes
/// ```
@NullMarked
package dev.mortise.server.home;

import org.jspecify.annotations.NullMarked;
