package dev.mortise.testkit.vendor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/// How many rows a dataset has, and a checksum over a line of each in any order. Two are equal only
/// when the same rows are on both sides, each as often as on the other.
public record Tally(int rows, String sha256) {
    public static Tally of(Collection<String> lines) {
        List<String> sorted = lines.stream().sorted().toList();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] all = String.join("\n", sorted).getBytes(StandardCharsets.UTF_8);
            return new Tally(sorted.size(), HexFormat.of().formatHex(digest.digest(all)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
