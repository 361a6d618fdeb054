/// Executions of flows: waiting, under way and done.
///
/// ```
/// RunRoutes ─► RunDesk ─► run (table) ◄─ Runner: claims by lease, one thread a run
///                            ▲               └─► LiveRun ─► engine FlowRun ─► targets, fenced
/// RunStreams ◄───────────────┴── progress, state, log
/// ```
@NullMarked
package dev.mortise.server.run;

import org.jspecify.annotations.NullMarked;
