package dev.mortise.server.store;

import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/// Rows that end by themselves, such as logins on their way.
///
/// @param until when a row has ended, in milliseconds
/// @param countMax how many there are at most
public record ShortLived(Table<Record> table, Field<Long> until, int countMax) {
    /// Removes what has ended, and the oldest beyond the limit, so that one more finds its place:
    /// whoever begins many at once turns out their own before those of others.
    public void makeRoom(DSLContext dsl, long now) {
        dsl.deleteFrom(table).where(until.lt(now)).execute();
        dsl.select(until)
                .from(table)
                .orderBy(until.desc())
                .limit(1)
                .offset(countMax - 1)
                .fetchOptional(until)
                .ifPresent(oldest -> dsl.deleteFrom(table).where(until.le(oldest)).execute());
    }
}
