package dev.mortise.testkit.live;

/// A short wait between two looks at something outside this process.
final class Pause {
    private Pause() {}

    static void shortly() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalServerException("interrupted while waiting for a server", e);
        }
    }
}
