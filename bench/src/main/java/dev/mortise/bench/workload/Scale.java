package dev.mortise.bench.workload;

/// How much of everything.
public record Scale(long rows, int tables) {
    public static final Scale FULL = new Scale(1_000_000, 500);
    public static final Scale SMOKE = new Scale(20_000, 20);

    public Scale withRows(long other) {
        return new Scale(other, tables);
    }
}
