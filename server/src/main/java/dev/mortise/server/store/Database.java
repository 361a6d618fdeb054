package dev.mortise.server.store;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/// The database of the control plane. Reads go side by side; a write is one transaction that is
/// durable when the call returns. On SQLite writes take turns, for it knows one writer.
public final class Database implements AutoCloseable {
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
