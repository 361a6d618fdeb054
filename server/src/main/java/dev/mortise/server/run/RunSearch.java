package dev.mortise.server.run;

import static dev.mortise.server.run.RunTable.FLOW;
import static dev.mortise.server.run.RunTable.ID;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.lower;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jooq.Condition;
import org.jooq.DSLContext;

/// Finds runs by a part of their flow's name or the beginning of their id, without a look at each
/// run: a flow has many, and a name that none has would be looked for in all.
final class RunSearch {
    /// Of more names than these, the newest runs hold some.
    private static final int NAMES_MAX = 200;

    /// As people copy it: eight letters or more.
    private static final Pattern BEGINNING = Pattern.compile("[0-9a-f-]{8,36}");

    /// From each name to the next by the index.
    private static final String NAMES =
            """
            with recursive names (name) as (
              select (select flow from run where project = ? order by flow limit 1)
              union all
              select (select flow from run where project = ? and flow > names.name
                      order by flow limit 1)
              from names where names.name is not null)
            select name from names where lower(name) like ? escape '!' limit ?
            """;

    private RunSearch() {}

    static Condition matching(DSLContext dsl, RunFilter filter) {
        String wanted = filter.query().strip().toLowerCase(Locale.ROOT);
        Condition named = named(dsl, projects(dsl, filter), wanted);
        return BEGINNING.matcher(wanted).matches() ? named.or(ID.startsWith(wanted)) : named;
    }

    private static Collection<String> projects(DSLContext dsl, RunFilter filter) {
        Collection<String> projects = filter.projects();
        return projects != null
                ? projects
                : dsl.fetch("select name from project").getValues(0, String.class);
    }

    private static Condition named(DSLContext dsl, Collection<String> projects, String wanted) {
        String like = "%" + wanted.replaceAll("[!%_]", "!$0") + "%";
        List<String> names = new ArrayList<>();
        for (String project : projects) {
            names.addAll(
                    dsl.fetch(NAMES, project, project, like, NAMES_MAX + 1)
                            .getValues(0, String.class));
            if (names.size() > NAMES_MAX) {
                return lower(FLOW).contains(wanted);
            }
        }
        return names.isEmpty() ? falseCondition() : FLOW.in(names);
    }
}
