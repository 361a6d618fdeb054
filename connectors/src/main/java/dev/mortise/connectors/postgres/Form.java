package dev.mortise.connectors.postgres;

/// How the values of a column travel in binary `COPY`.
enum Form {
    BOOL,
    INT2,
    INT4,
    INT8,
    OID,
    FLOAT4,
    FLOAT8,
    NUMERIC,
    TEXT,
    /// Blank-padded: the padding is no part of the value.
    BPCHAR,
    BYTEA,
    DATE,
    TIME,
    TIMESTAMP,
    UUID,
    JSON,
    JSONB,
    /// As the text the server writes and reads, by a cast in SQL.
    CAST_TEXT,
    /// An array or composite as jsonb, converted in SQL.
    CAST_JSON;

    /// Whether the column's own binary form is spoken, so that no conversion in SQL is needed.
    boolean direct() {
        return this != CAST_TEXT && this != CAST_JSON;
    }
}
