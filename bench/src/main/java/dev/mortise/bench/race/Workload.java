package dev.mortise.bench.race;

import java.util.List;

/// Something to measure, ready to be run.
///
/// @param name the word it is called by
/// @param title what the table says
/// @param units what a run does, such as rows
public record Workload(
        String name, String title, long units, Arena arena, List<Contender> contenders) {
    public Workload {
        contenders = List.copyOf(contenders);
    }
}
