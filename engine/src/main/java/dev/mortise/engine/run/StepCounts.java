package dev.mortise.engine.run;

/// What one step saw in a run.
///
/// @param bytes of the rows it gave on, as they lie in memory
public record StepCounts(long rowsIn, long rowsOut, long rowsRejected, long bytes) {
    static final StepCounts NONE = new StepCounts(0, 0, 0, 0);

    StepCounts plus(StepCounts other) {
        return new StepCounts(
                rowsIn + other.rowsIn,
                rowsOut + other.rowsOut,
                rowsRejected + other.rowsRejected,
                bytes + other.bytes);
    }
}
