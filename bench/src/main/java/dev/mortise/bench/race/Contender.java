package dev.mortise.bench.race;

import dev.mortise.bench.tool.Launched;

/// One way of doing the work of a workload.
///
/// @param role `ours`, `floor` for the native command beside it, or `peer:` and a name
/// @param command what it does, in short, for the record
/// @param expected what it has to leave behind
public record Contender(String role, String command, Output expected, Work work) {
    public static final String OURS = "ours";
    public static final String FLOOR = "floor";
    public static final String PEER = "peer:";

    /// Does the work once, from start to end.
    public interface Work {
        Launched run() throws Exception;
    }

    public static Contender ours(String command, Output expected, Work work) {
        return new Contender(OURS, command, expected, work);
    }

    public static Contender floor(String command, Output expected, Work work) {
        return new Contender(FLOOR, command, expected, work);
    }

    public static Contender peer(String name, String command, Output expected, Work work) {
        return new Contender(PEER + name, command, expected, work);
    }
}
