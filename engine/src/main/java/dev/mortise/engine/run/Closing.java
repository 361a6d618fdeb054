package dev.mortise.engine.run;

import java.util.List;

/// Closes many things, each whatever becomes of the others.
final class Closing {
    private Closing() {}

    static void all(List<? extends AutoCloseable> things) {
        RuntimeException first = null;
        for (AutoCloseable thing : things.reversed()) {
            try {
                thing.close();
            } catch (Exception e) {
                RuntimeException problem =
                        e instanceof RuntimeException r ? r : new IllegalStateException(e);
                if (first == null) {
                    first = problem;
                } else {
                    first.addSuppressed(problem);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
