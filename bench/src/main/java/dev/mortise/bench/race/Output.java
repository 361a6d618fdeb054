package dev.mortise.bench.race;

/// What a run left behind: how many rows, and a hash over them that does not depend on their order.
public record Output(long rows, String hash) {}
