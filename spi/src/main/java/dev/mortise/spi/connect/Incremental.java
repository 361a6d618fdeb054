package dev.mortise.spi.connect;

import java.time.Duration;
import java.util.Optional;

/// Reading only what moved since the last run.
///
/// The lower bound is inclusive, so that rows with equal cursor values at the edge are read again
/// rather than skipped. Which upper bound holds depends on who writes: an idempotent sink may see
/// every visible row ([#open] true) while the cursor kept for the next run stays below the oldest
/// open transaction; an appending sink must not read past that bound.
///
/// @param by the column that moves with every write
/// @param after the cursor the last run ended with, as canonical text; empty on the first run
/// @param lookback how far below `after` to read again, for rows written late; only for times
/// @param open whether rows beyond the safe bound are read too
public record Incremental(String by, Optional<String> after, Duration lookback, boolean open) {}
