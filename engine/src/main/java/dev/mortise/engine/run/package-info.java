/// Runs a plan: moves rows part by part, sets bad ones aside, and gives a receipt.
///
/// ```
/// FlowRun ─► Transfer ─┬─► lane: LaneReader ═queue═► LaneWriter ─► commit with checkpoint
///  (a flow)  (a step)  └─► lane: …                       └─► DeadLetters
/// ```
@NullMarked
package dev.mortise.engine.run;

import org.jspecify.annotations.NullMarked;
