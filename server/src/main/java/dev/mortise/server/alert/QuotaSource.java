package dev.mortise.server.alert;

import java.util.List;

/// Who knows how many calls the vendors still allow.
public interface QuotaSource {
    /// @param limit what it is called
    record Reading(String connection, String limit, long used, long max) {}

    List<Reading> read(String project);
}
