package dev.mortise.engine.match;

/// Why a pair of columns scored as it did.
///
/// @param score from 0 to 1
/// @param detail what was seen, such as `cust = customer`; may be empty
public record Reason(Kind kind, double score, String detail) {
    public enum Kind {
        ACCEPTED,
        NAME,
        PINYIN,
        COMMENT,
        TYPE,
        CONSTRAINT,
        VALUES,
        POSITION
    }
}
