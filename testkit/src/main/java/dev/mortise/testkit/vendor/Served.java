package dev.mortise.testkit.vendor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Rows a vendor serves, and what tells whether all of them arrived. Values are canonical texts.
///
/// @param table where the example of the vendor writes them
/// @param columns of that table, in the order of the values
public record Served(String table, List<String> columns, List<List<String>> rows) {
    public Served {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    public static Served of(
            String table, List<String> columns, int count, IntFunction<List<String>> row) {
        return new Served(table, columns, IntStream.range(0, count).mapToObj(row).toList());
    }

    public String checksum() {
        return checksum(rows);
    }

    /// Count and hash of rows. The order does not matter; a row that is there twice counts twice.
    public static String checksum(List<List<String>> rows) {
        long sum = 0;
        for (List<String> row : rows) {
            sum += hash(String.join("\u0001", row));
        }
        return "%d rows, %016x".formatted(rows.size(), sum);
    }

    private static long hash(String line) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return ByteBuffer.wrap(digest.digest(line.getBytes(StandardCharsets.UTF_8))).getLong();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
