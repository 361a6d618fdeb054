package dev.mortise.spi.problem;

/// Every code a user can meet, with who acts on it. Each has a page `docs/problems/CODE.md`.
public enum ProblemCode {
    // The definition.
    YAML_INVALID(Fault.CONFIG),
    DOCUMENT_INVALID(Fault.CONFIG),
    WORD_UNKNOWN(Fault.CONFIG),
    WORD_MISSING(Fault.CONFIG),
    VALUE_INVALID(Fault.CONFIG),
    NAME_TAKEN(Fault.CONFIG),
    OPTION_UNKNOWN(Fault.CONFIG),
    OPTION_MISSING(Fault.CONFIG),
    OPTION_INVALID(Fault.CONFIG),
    SECRET_MISSING(Fault.CONFIG),
    CONNECTION_UNKNOWN(Fault.CONFIG),
    CONNECTOR_UNKNOWN(Fault.CONFIG),
    FLOW_UNKNOWN(Fault.CONFIG),
    STEP_UNKNOWN(Fault.CONFIG),
    STEP_CYCLE(Fault.CONFIG),
    ROLE_MISSING(Fault.CONFIG),
    MODE_UNSUPPORTED(Fault.CONFIG),
    KEY_REQUIRED(Fault.CONFIG),
    DATASET_MISSING(Fault.CONFIG),
    COLUMN_MISSING(Fault.CONFIG),
    COLUMN_TAKEN(Fault.CONFIG),
    COLUMN_REQUIRED(Fault.CONFIG),
    TYPE_MISMATCH(Fault.CONFIG),
    TYPE_LOSSY(Fault.CONFIG),
    TYPE_UNSUPPORTED(Fault.CONFIG),
    EXPRESSION_INVALID(Fault.CONFIG),
    CALL_INVALID(Fault.CONFIG),
    // The input and the way to it.
    HOST_UNKNOWN(Fault.CONFIG),
    ADDRESS_REFUSED(Fault.CONFIG),
    LOGIN_REFUSED(Fault.CONFIG),
    DATABASE_MISSING(Fault.CONFIG),
    FILE_MISSING(Fault.CONFIG),
    FILE_CORRUPT(Fault.CONFIG),
    FILE_FORMAT_UNKNOWN(Fault.CONFIG),
    LIMIT_EXCEEDED(Fault.CONFIG),
    // The operator's.
    CONNECTION_REFUSED(Fault.TRANSIENT),
    TLS_FAILED(Fault.ENVIRONMENT),
    PRIVILEGE_MISSING(Fault.ENVIRONMENT),
    VERSION_UNSUPPORTED(Fault.ENVIRONMENT),
    DISK_FULL(Fault.ENVIRONMENT),
    IO_FAILED(Fault.ENVIRONMENT),
    SERVER_FAILED(Fault.ENVIRONMENT),
    STATEMENT_FAILED(Fault.ENVIRONMENT),
    // Passing.
    CONNECTION_LOST(Fault.TRANSIENT),
    TIMED_OUT(Fault.TRANSIENT),
    DEADLOCK(Fault.TRANSIENT),
    THROTTLED(Fault.TRANSIENT),
    SERVER_UNAVAILABLE(Fault.TRANSIENT),
    // The data.
    CAST_FAILED(Fault.ROW),
    CONSTRAINT_BROKEN(Fault.ROW),
    VALUE_TOO_LONG(Fault.ROW),
    VALUE_OUT_OF_RANGE(Fault.ROW),
    KEY_TAKEN(Fault.ROW),
    RULE_BROKEN(Fault.ROW),
    ROW_MALFORMED(Fault.ROW),
    ROW_REFUSED(Fault.ROW),
    // The run.
    FENCED(Fault.ENVIRONMENT),
    RUN_CHANGED(Fault.CONFIG),
    SOURCE_CHANGED(Fault.ENVIRONMENT),
    REJECTS_EXCEEDED(Fault.ENVIRONMENT),
    PAGES_EXCEEDED(Fault.ENVIRONMENT),
    VERIFICATION_FAILED(Fault.ENVIRONMENT),
    CANCELLED(Fault.ENVIRONMENT),
    INTERNAL(Fault.BUG);

    private final Fault fault;

    ProblemCode(Fault fault) {
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
