package dev.mortise.api.cassette;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;

/// One way in which a contract is not what it was.
///
/// @param path where: in a record, or with `$` in front around the records
/// @param before what was seen then, as people read it
/// @param after what is seen now
/// @param what the part of it that makes it this change, without counts: it stays the same while
///     the change does
public record Change(
        Kind kind, String path, String before, String after, String what, Severity severity) {
    private static final int PRINT = 12;

    /// What can change.
    public enum Kind {
        /// The answers can no longer be read by the definition.
        UNREADABLE,
        FIELD_GONE,
        FIELD_NEW,
        /// A field that always was there is missing at times.
        FIELD_RARER,
        /// A field that never was null is at times.
        NULL_NEW,
        TYPE_NEW,
        /// A text is written in another way: a date, a number.
        FORMAT_NEW,
        VALUE_NEW,
        VALUE_GONE,
        /// Texts are much longer than ever before.
        LONGER,
        /// Numbers have more digits than fit where the earlier ones did.
        DIGITS_MORE,
        /// Numbers have more digits behind the point.
        SCALE_MORE,
        KEY_REPEATED,
        RECORDS_GONE,
        /// The vendor announces an end.
        NOTICE_NEW;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// Twelve hex digits that name it, today and tomorrow.
    public String fingerprint() {
        MessageDigest digest = Tally.sha256();
        String text = kind.word() + "\n" + path + "\n" + what;
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return Tally.hex(digest, PRINT);
    }

    /// The same, taken more or less gravely.
    public Change weighing(Severity other) {
        return new Change(kind, path, before, after, what, other);
    }

    /// On one line.
    public String told() {
        String where = path.isEmpty() ? "" : " " + path;
        return kind.word() + where + ": " + before + " -> " + after;
    }
}
