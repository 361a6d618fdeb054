package dev.mortise.server.store;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/// The database of the control plane. Reads go side by side; a write is one transaction that is
/// durable when the call returns. On SQLite writes take turns, for it knows one writer.
public final class Database implements AutoCloseable {
    private static final int ALONE_MAX = 4;

    private final Semaphore places = new Semaphore(ALONE_MAX);
    private final SQLDialect dialect;
    private final HikariDataSource readers;
    private final HikariDataSource writers;
    private final DSLContext reading;
    private final DSLContext writing;

    /// @param readers may be the same as the writers
    Database(SQLDialect dialect, HikariDataSource readers, HikariDataSource writers) {
        this.dialect = dialect;
        this.readers = readers;
        this.writers = writers;
        Settings settings = new Settings().withRenderSchema(false).withExecuteLogging(false);
        this.reading = DSL.using(readers, dialect, settings);
        this.writing = DSL.using(writers, dialect, settings);
    }

    /// Whether several servers may share it.
    public boolean isShared() {
        return dialect == SQLDialect.POSTGRES;
    }

    /// Asks; changes nothing.
    public <T> T read(Function<DSLContext, T> question) {
        return question.apply(reading);
    }

    /// Does all of it or nothing.
    public <T> T write(Function<DSLContext, T> change) {
        return writing.transactionResult(inside -> change.apply(inside.dsl()));
    }

    /// Does what only one of the servers that share the database may do at a time. The place is
    /// held by a transaction that stays open meanwhile, and is free again when its server dies.
    ///
    /// @param what the name of the place
    /// @return empty when another server is at it
    public <T> Optional<T> alone(String what, Supplier<T> act) {
        if (!isShared()) {
            return Optional.of(act.get());
        }
        // Each takes a connection for as long as it lasts, and those are few.
        places.acquireUninterruptibly();
        try {
            return write(dsl -> isFree(dsl, what) ? Optional.of(act.get()) : Optional.empty());
        } finally {
            places.release();
        }
    }

    private static boolean isFree(DSLContext dsl, String what) {
        String lock = "select pg_try_advisory_xact_lock(847002, hashtext(?))";
        return Boolean.TRUE.equals(dsl.fetchOne(lock, what).get(0, Boolean.class));
    }

    /// The time by the database's clock, which servers that share it have in common.
    public Instant now(DSLContext dsl) {
        if (!isShared()) {
            return Instant.ofEpochMilli(System.currentTimeMillis());
        }
        Long millis =
                dsl.select(
                                DSL.field(
                                        "cast(extract(epoch from clock_timestamp()) * 1000 as"
                                                + " bigint)",
                                        Long.class))
                        .fetchOne(0, Long.class);
        return Instant.ofEpochMilli(java.util.Objects.requireNonNull(millis));
    }

    public Instant now() {
        return read(this::now);
    }

    HikariDataSource writers() {
        return writers;
    }

    @Override
    public void close() {
        readers.close();
        writers.close();
    }
}
