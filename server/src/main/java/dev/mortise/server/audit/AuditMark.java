package dev.mortise.server.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A place in the chain, signed: its head, or where it begins.
///
/// @param mac empty when it could not be signed
record AuditMark(Kind kind, long seq, String hash, String mac) {
    /// What a mark says of its entry.
    enum Kind {
        /// Nothing came after it.
        HEAD,
        /// What came before, and itself, was removed.
        CHECKPOINT
    }

    static AuditMark signed(Kind kind, long seq, String hash, AuditSeal seal) {
        return new AuditMark(kind, seq, hash, seal.sign(said(kind, seq, hash)).orElse(""));
    }

    /// Whether it is what the server signed; true when nobody can tell.
    boolean isGenuine(AuditSeal seal) {
        Optional<String> expected = seal.sign(said(kind, seq, hash));
        return expected.isEmpty()
                || MessageDigest.isEqual(
                        expected.get().getBytes(StandardCharsets.US_ASCII),
                        mac.getBytes(StandardCharsets.UTF_8));
    }

    private static String said(Kind kind, long seq, String hash) {
        return "audit " + kind + "\n" + seq + "\n" + hash;
    }

    /// What the next entry stands on. It stands on what was signed, not on what is there: cutting
    /// the end off leaves a gap for good. Where what was signed is gone itself, a number is left
    /// out, which leaves a gap as well.
    ///
    /// @param head as it was signed; null when nothing was
    /// @param last the newest entry that is there; null when there is none
    static AuditMark next(@Nullable AuditMark head, @Nullable AuditMark last, AuditSeal seal) {
        long there = last == null ? 0 : last.seq();
        if (head == null) {
            return last == null
                    ? new AuditMark(Kind.HEAD, 1, "", "")
                    : new AuditMark(Kind.HEAD, there + 2, last.hash(), "");
        }
        long next = Math.max(head.seq(), there) + (head.isGenuine(seal) ? 1 : 2);
        return new AuditMark(Kind.HEAD, next, head.hash(), "");
    }
}
