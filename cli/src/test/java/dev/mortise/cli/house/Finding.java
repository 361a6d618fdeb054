package dev.mortise.cli.house;

/// One place that breaks a house rule. The message says what was found, the limit and the way out.
record Finding(String rule, String file, int line, String message) {
    @Override
    public String toString() {
        return "%s:%d: %s [%s]".formatted(file, line, message, rule);
    }
}
