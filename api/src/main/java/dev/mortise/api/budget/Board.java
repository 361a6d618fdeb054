package dev.mortise.api.budget;

import java.nio.ByteBuffer;
import java.util.function.Supplier;

/// A few bytes that all users of a budget see, and the turn to change them. Each user has a place
/// on it, and the others can tell when it is gone.
interface Board {
    /// How many processes may share one budget.
    int PLACES = 64;

    /// What is on it, in native order; changed only in one's turn.
    ByteBuffer bytes();

    /// Does something in one's turn, alone among all threads and processes.
    <T> T alone(Supplier<T> work);

    /// Whether we have a place already.
    boolean joined();

    /// Our own place; taken at the first call. Called in one's turn.
    int place();

    /// Whether nobody alive has a place any more. Called in one's turn.
    boolean abandoned(int place);
}
