package dev.mortise.api.budget;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// A board of this process alone, for trying a definition out where there is no folder for state.
final class MemoryBoard implements Board {
    private final ByteBuffer bytes;
    private final ReentrantLock turn = new ReentrantLock();

    MemoryBoard(int size) {
        bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }

    @Override
    public ByteBuffer bytes() {
        return bytes;
    }

    @Override
    public <T> T alone(Supplier<T> work) {
        turn.lock();
        try {
            return work.get();
        } finally {
            turn.unlock();
        }
    }

    @Override
    public boolean joined() {
        return true;
    }

    @Override
    public int place() {
        return 0;
    }

    @Override
    public boolean abandoned(int place) {
        return place != 0;
    }
}
