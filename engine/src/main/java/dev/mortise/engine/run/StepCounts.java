package dev.mortise.engine.run;

/// What one step saw in a run.
///
/// @param bytes of the rows it gave on, as they lie in memory
public record StepCounts(long rowsIn, long rowsOut, long rowsRejected, long bytes) {
    static final StepCounts NONE = new StepCounts(0, 0, 0, 0);

    private static final String SLASH = "/";

    /// Without spaces and commas.
    String text() {
        return rowsIn + SLASH + rowsOut + SLASH + rowsRejected + SLASH + bytes;
    }

    static StepCounts parse(String text) {
        long[] counts =
                java.util.Arrays.stream(text.split(SLASH)).mapToLong(Long::parseLong).toArray();
        return new StepCounts(counts[0], counts[1], counts[2], counts[3]);
    }

    StepCounts plus(StepCounts other) {
        return new StepCounts(
                rowsIn + other.rowsIn,
                rowsOut + other.rowsOut,
                rowsRejected + other.rowsRejected,
                bytes + other.bytes);
    }
}
