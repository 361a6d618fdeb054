package dev.mortise.server.run;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/// Wakes whoever waits for something to happen to runs of this server. What happens on others is
/// seen by looking from time to time.
@Component
final class Bell {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private long rings;

    void ring() {
        lock.lock();
        try {
            rings++;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the next ring, or so long.
    ///
    /// @return false when the thread was interrupted
    boolean await(Duration most) {
        lock.lock();
        try {
            long heard = rings;
            long left = most.toNanos();
            while (rings == heard && left > 0) {
                left = rung.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
