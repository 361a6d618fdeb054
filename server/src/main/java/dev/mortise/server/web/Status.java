package dev.mortise.server.web;

import dev.mortise.spi.problem.ProblemCode;

/// Which status says over HTTP what a code says: 4xx only where the caller can mend it.
final class Status {
    private Status() {}

    static int of(ProblemCode code) {
        return switch (code) {
            case NOT_SIGNED_IN, LOGIN_REFUSED, SECOND_FACTOR_REQUIRED -> 401;
            case NOT_ALLOWED -> 403;
            case NOT_FOUND -> 404;
            case NAME_TAKEN -> 409;
            case VERSION_STALE -> 412;
            case LIMIT_EXCEEDED -> 413;
            case LOCKED -> 423;
            case VERSION_REQUIRED -> 428;
            case THROTTLED -> 429;
            case VAULT_LOCKED -> 503;
            case INTERNAL -> 500;
            case TIMED_OUT -> 504;
            default ->
                    switch (code.fault()) {
                        case CONFIG, ROW -> 422;
                        case TRANSIENT, ENVIRONMENT -> 502;
                        case BUG -> 500;
                    };
        };
    }
}
