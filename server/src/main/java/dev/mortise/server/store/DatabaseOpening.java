package dev.mortise.server.store;

import dev.mortise.server.settings.ServerSettings;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The database while it is opened, beside everything else that a start does: a fifth of the start
/// is spent on it.
public final class DatabaseOpening {
    private final CompletableFuture<Database> database;

    private DatabaseOpening(CompletableFuture<Database> database) {
        this.database = database;
    }

    /// Does not wait, nor fail.
    public static DatabaseOpening begin(ServerSettings settings) {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        return new DatabaseOpening(
                CompletableFuture.supplyAsync(
                        () -> DatabaseOpener.open(settings.home(), settings.database()),
                        Thread.ofPlatform().name("database-open")::start));
    }

    /// Waits until it is open.
    ///
    /// @throws RuntimeException why it could not be opened
    Database await() {
        try {
            return database.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException reason ? reason : e;
        }
    }

    /// For a start that failed: nothing stays open.
    public void abandon() {
        try {
            await().close();
        } catch (RuntimeException _) {
            // It was not opened, which is told already.
        }
    }
}
