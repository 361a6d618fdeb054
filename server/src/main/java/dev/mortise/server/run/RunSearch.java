package dev.mortise.server.run;

import static dev.mortise.server.run.RunTable.FLOW;
import static dev.mortise.server.run.RunTable.ID;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.noCondition;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/// Finds runs by a part of their flow's name or the beginning of their id, without a look at each
/// run: a flow has many, and a name that none has would be looked for in all. So names are kept
/// apart, each once.
final class RunSearch {
    /// Of more names than these, the newest runs hold some.
    private static final int NAMES_MAX = 200;

    /// As people copy it: eight letters or more.
    private static final Pattern BEGINNING = Pattern.compile("[0-9a-f-]{8,36}");

    private static final Table<Record> NAMES = table("run_name");
    private static final Field<String> IN = text("run_name", "project");
    private static final Field<String> NAME = text("run_name", "flow");

    private RunSearch() {}

    /// Lets runs of a flow be found.
    static void note(DSLContext dsl, String project, String flow) {
        dsl.insertInto(NAMES).set(IN, project).set(NAME, flow).onConflictDoNothing().execute();
    }

    /// Whether a flow ever ran under a name.
    static boolean knows(DSLContext dsl, String project, String flow) {
        return dsl.fetchExists(NAMES, IN.eq(project).and(NAME.eq(flow)));
    }

    /// Lets runs be found by the name their flow has now.
    static void renamed(DSLContext dsl, String project, String from, String to) {
        if (dsl.deleteFrom(NAMES).where(IN.eq(project)).and(NAME.eq(from)).execute() > 0) {
            note(dsl, project, to);
        }
    }

    static Condition matching(DSLContext dsl, RunFilter filter) {
        String wanted = filter.query().strip().toLowerCase(Locale.ROOT);
        Condition named = named(dsl, filter, wanted);
        return BEGINNING.matcher(wanted).matches() ? named.or(ID.startsWith(wanted)) : named;
    }

    private static Condition named(DSLContext dsl, RunFilter filter, String wanted) {
        Condition seen = filter.projects() == null ? noCondition() : IN.in(filter.projects());
        List<String> names =
                dsl.selectDistinct(NAME)
                        .from(NAMES)
                        .where(seen.and(lower(NAME).contains(wanted)))
                        .limit(NAMES_MAX + 1)
                        .fetch(NAME);
        if (names.size() > NAMES_MAX) {
            return lower(FLOW).contains(wanted);
        }
        return names.isEmpty() ? falseCondition() : FLOW.in(names);
    }
}
