package dev.mortise.connectors.postgres;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.Arrays;

/// What stands before the rows of a binary `COPY` answer, once.
final class CopyHeader {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0};
    private static final int FLAGS = 4;

    private boolean seen;

    /// Where rows start in the next message of the answer.
    int end(byte[] message) {
        if (seen) {
            return 0;
        }
        seen = true;
        int known = SIGNATURE.length;
        if (!Arrays.equals(message, 0, Math.min(known, message.length), SIGNATURE, 0, known)) {
            throw ProblemException.of(
                    ProblemCode.SERVER_FAILED,
                    "expected binary COPY data, got something else",
                    "connect to PostgreSQL itself, not to a proxy that changes its answers");
        }
        return known + FLAGS + 4 + Bytes.int32(message, known + FLAGS);
    }
}
