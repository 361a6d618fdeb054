package dev.mortise.cli;

import dev.mortise.testkit.live.LocalServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A reader that counts the rows of a table over and over while others write it, and keeps each
/// answer that differs from the one before.
final class CountWatch implements AutoCloseable {
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean ended;

    CountWatch(LocalServer server, String database, String table) {
        thread = Thread.ofPlatform().start(() -> watch(server, database, table));
    }

    private void watch(LocalServer server, String database, String table) {
        @Nullable String before = null;
        try (Connection connection = server.connect(database)) {
            while (!ended) {
                String now = Ask.one(connection, "select count(*) from " + table);
                if (!now.equals(before)) {
                    seen.add(now);
                }
                before = now;
            }
        } catch (SQLException e) {
            seen.add(String.valueOf(e.getMessage()));
        }
    }

    /// Stops, and tells the counts in the order they were first seen.
    List<String> counts() throws InterruptedException {
        ended = true;
        thread.join();
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        ended = true;
    }
}
