package dev.mortise.bench.tool;

/// A workload that cannot be measured: a program is missing or failed, or outputs differ.
public final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BenchException(String message) {
        super(message);
    }
}
