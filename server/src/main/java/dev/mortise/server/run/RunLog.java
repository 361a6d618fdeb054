package dev.mortise.server.run;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;

import dev.mortise.server.store.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What a run tells of itself, line by line, in the database. Lines wait in memory for the next
/// sign of life, so that telling costs no transaction of its own; a server that dies takes those of
/// its last second with it. Bounded: of a run that tells too much only errors and what becomes of
/// the run as a whole are kept from then on, and the log says so.
@Component
final class RunLog {
    static final int LINES_MAX = 5_000;

    /// How many lines of those that matter most are kept behind them: how it ended stands there.
    static final int LAST_MAX = 200;

    private static final int TEXT_MAX = 2_000;
    private static final int ROWS_MAX = 500;

    private static final Table<Record> LOG = table("run_log");
    private static final Field<String> RUN = text("run");
    private static final Field<Long> SEQ = big("seq");
    private static final Field<String> AT = text("at");
    private static final Field<String> LEVEL = text("level");
    private static final Field<String> STEP = text("step");
    private static final Field<String> TEXT = text("text");

    private final Database database;
    private final RunQueue queue;

    RunLog(Database database, RunQueue queue) {
        this.database = database;
        this.queue = queue;
    }

    /// How much a line matters.
    enum Level {
        INFO,
        WARN,
        ERROR;

        /// Whether a line of a level is at least this one.
        boolean covers(String level) {
            return valueOf(level).compareTo(this) >= 0;
        }
    }

    /// @param seq its number in the run, from 1
    record Line(long seq, String at, String level, @Nullable String step, String text) {}

    /// Opens the log of a run behind what an earlier attempt told.
    Writer open(Run run) {
        Long last =
                database.read(
                        dsl ->
                                dsl.select(DSL.max(SEQ))
                                        .from(LOG)
                                        .where(RUN.eq(run.id()))
                                        .fetchOne(0, Long.class));
        return new Writer(run, last == null ? 0 : last);
    }

    /// Takes lines, which are kept once they are flushed.
    static final class Writer {
        private final Run run;
        private final ReentrantLock flushing = new ReentrantLock();
        private final List<Line> pending = new ArrayList<>();
        private long lines;

        private Writer(Run run, long lines) {
            this.run = run;
            this.lines = lines;
        }

        synchronized void add(Level level, @Nullable String step, String text) {
            boolean last = step == null || level == Level.ERROR;
            if (lines == LINES_MAX - 1) {
                append(
                        Level.WARN,
                        null,
                        "this is line %d; from here on only errors and the end are kept"
                                .formatted(LINES_MAX));
            }
            if (lines < LINES_MAX || (last && lines < LINES_MAX + LAST_MAX)) {
                append(level, step, text);
            }
        }

        private void append(Level level, @Nullable String step, String text) {
            lines++;
            // A null character is no text to PostgreSQL.
            String kept = text.substring(0, Math.min(text.length(), TEXT_MAX)).replace('\0', ' ');
            pending.add(new Line(lines, Instant.now().toString(), level.name(), step, kept));
        }

        private synchronized List<Line> pending() {
            return List.copyOf(pending.subList(0, Math.min(pending.size(), ROWS_MAX)));
        }

        private synchronized void kept(int count) {
            pending.subList(0, count).clear();
        }
    }

    /// Keeps the lines that wait, unless the run is another owner's by now, whose log it then is.
    void flush(Writer writer) {
        writer.flushing.lock();
        try {
            flushAlone(writer);
        } finally {
            writer.flushing.unlock();
        }
    }

    /// The heart and the end of a run both flush; each line is theirs once.
    private void flushAlone(Writer writer) {
        List<Line> lines = writer.pending();
        while (!lines.isEmpty()) {
            List<Line> some = lines;
            database.write(
                    dsl -> {
                        if (queue.isOwned(dsl, writer.run)) {
                            keep(dsl, writer.run.id(), some);
                        }
                        return null;
                    });
            writer.kept(some.size());
            lines = writer.pending();
        }
    }

    private static void keep(DSLContext dsl, String run, List<Line> lines) {
        var insert = dsl.insertInto(LOG, RUN, SEQ, AT, LEVEL, STEP, TEXT);
        for (Line line : lines) {
            insert =
                    insert.values(
                            run, line.seq(), line.at(), line.level(), line.step(), line.text());
        }
        insert.onConflictDoNothing().execute();
    }

    /// The lines behind one.
    List<Line> read(String run, long after) {
        return read(run, SEQ.gt(after));
    }

    private List<Line> read(String run, Condition which) {
        return database.read(
                dsl ->
                        dsl.selectFrom(LOG)
                                .where(RUN.eq(run))
                                .and(which)
                                .orderBy(SEQ)
                                .limit(LINES_MAX + LAST_MAX)
                                .fetch(RunLog::line));
    }

    private static Line line(Record row) {
        return new Line(row.get(SEQ), row.get(AT), row.get(LEVEL), row.get(STEP), row.get(TEXT));
    }

    /// Lines that hold a text, of a level or above, behind one.
    List<Line> search(String run, String query, Level level, long after) {
        String wanted = query.strip().toLowerCase(Locale.ROOT);
        return read(run, after).stream()
                .filter(line -> level.covers(line.level()))
                .filter(line -> line.text().toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
    }
}
