package dev.mortise.testkit.live;

import java.time.Duration;
import java.util.concurrent.Callable;

/// Waits for something outside this process, with a deadline.
public final class Await {
    private Await() {}

    /// Looks again and again until a condition holds.
    ///
    /// @param what the condition as a sentence, for the message when it never holds
    public static void until(String what, Duration patience, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + patience.toSeconds() + " s in vain: " + what);
            }
            Pause.shortly();
        }
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
