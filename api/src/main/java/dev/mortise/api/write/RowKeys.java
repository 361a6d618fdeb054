package dev.mortise.api.write;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Idempotency keys: the same for the same row of the same part of the same run, whichever attempt
/// sends it. Used by one thread.
public final class RowKeys {
    private static final int BYTES = 16;

    private final String task;
    private final long run;

    /// How often each row came since the last commit: equal rows are different rows.
    private final Map<Long, Integer> seen = new HashMap<>();

    public RowKeys(String task, long run) {
        this.task = task;
        this.run = run;
    }

    /// Begins a part, or the next stretch of it after a commit.
    public void begin() {
        seen.clear();
    }

    /// The key of the next row.
    ///
    /// @param bounds of the stretch of the part that is written
    /// @param row its canonical text
    public String next(int part, String bounds, String row) {
        byte[] content = sha256(row);
        int occurrence = seen.merge(ByteBuffer.wrap(content).getLong(), 1, Integer::sum);
        return hex(
                task,
                Long.toString(run),
                Integer.toString(part),
                bounds,
                HexFormat.of().formatHex(content),
                Integer.toString(occurrence));
    }

    /// The key of a call with several rows. Other rows beside one of them make another key.
    public static String together(List<String> keys) {
        return keys.size() == 1 ? keys.getFirst() : hex(keys.toArray(String[]::new));
    }

    private static String hex(String... parts) {
        byte[] digest = sha256(String.join("\u0000", parts));
        return HexFormat.of().formatHex(digest, 0, BYTES);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
