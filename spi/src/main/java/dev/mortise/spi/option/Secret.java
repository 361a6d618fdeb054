package dev.mortise.spi.option;

/// A value that cannot print itself. [#reveal] is called only where it leaves for its system.
public final class Secret {
    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
