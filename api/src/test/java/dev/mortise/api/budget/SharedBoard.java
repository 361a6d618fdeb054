package dev.mortise.api.budget;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/// A board several simulated processes share, of which each may die.
final class SharedBoard {
    private final ByteBuffer bytes =
            ByteBuffer.allocateDirect(Ledger.SIZE).order(ByteOrder.nativeOrder());
    private final Set<Integer> alive = new HashSet<>();

    /// The board as one process has it.
    final class Side implements Board {
        private int place = -1;

        @Override
        public ByteBuffer bytes() {
            return bytes;
        }

        @Override
        public <T> T alone(Supplier<T> work) {
            return work.get();
        }

        @Override
        public boolean joined() {
            return place >= 0;
        }

        @Override
        public int place() {
            for (int i = 0; place < 0; i++) {
                place = alive.add(i) ? i : -1;
            }
            return place;
        }

        @Override
        public boolean abandoned(int other) {
            return !alive.contains(other);
        }

        void die() {
            alive.remove(place);
        }
    }

    Side join() {
        return new Side();
    }
}
