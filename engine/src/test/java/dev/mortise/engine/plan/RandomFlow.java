package dev.mortise.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/// A flow of random steps over `erp.s` and `erp.l`, whose columns are all whole numbers. What it
/// writes depends on no order that it does not ask for.
final class RandomFlow {
    static final List<String> COLUMNS = List.of("id", "a", "b", "c", "d", "e");

    /// `@` is the step, `1` to `4` are columns of it, chosen for each query.
    private static final List<String> QUERIES =
            List.of(
                    "select x.$1 as p, l.v as q, x.$2 as r from @ x join l on x.$3 = l.k",
                    "select x.$1 as p, l.v as q, x.$2 as r from @ x left join l on x.$3 = l.k",
                    "select $1 as p, sum($2)::bigint as q, count(*) as r from @ group by $1",
                    "select $1 as p, max($2) filter (where $3 > 2) as q from @ group by 1",
                    "select $1 as p, count(*) as q from @ group by all having max($2) > 3",
                    "select $1 as p, sum($2) over (partition by $3)::bigint as q, $4 as r from @",
                    "select distinct $1 as p, $2 as q from @",
                    "with t as (select $1 as m, $2 as n, $3 as o from @ where $4 > 2)"
                            + " select m, (select max(v) from l where k = t.m) as q, o as r from t",
                    "select * from @ z where exists (select v from l where l.k = z.$1)",
                    "select * from @ where $1 in (select w from l)",
                    "select * replace (coalesce($1, 0) + $2 as $1) from @",
                    "select * exclude ($1) from @",
                    "select p, v, k from (select $1 as k, $2 as p from @) z left join l using (k)",
                    "select p, v, k from (select $1 as k, $2 as p from @) z full join l using (k)",
                    "select p, k from (select $1 as k, $2 as p from @) z semi join l using (k)",
                    "select $1 as p, $2 as q from @ except select k, v from l",
                    "select $1 as p, $2 as q from @ union all by name select k as q, v as r from l",
                    "select $1 as p, $2 as q from @ order by $3, $1, $2 limit 7",
                    "select $1 as p, case when $2 in (select w from l) then 1 else 0 end as q from @",
                    "select case when $1 > 2 then $2 else $3 end as p, $4 as q from @",
                    "select $1 as p, $2 as q from @ qualify max($3) over (partition by $4) = $3",
                    "select x.$1 as p, y.z as q from @ x, lateral (select x.$2 + 1 as z) y",
                    "select $1 + 1 as p, p + $2 as q, $3 as r from @",
                    "select $1 as p, list_transform([$2], lambda x: x + $3)[1] as q from @",
                    "select t.p, t.q from (values (1, 2), (3, 4)) t(p, q), @ where @.$1 = t.p",
                    "select columns('^[a-e]$$') from @ union all select columns('^[a-e]$$') from @");

    private final Random random;
    private final StringBuilder text = new StringBuilder("steps:\n");
    private String last = "s";
    private List<String> columns = COLUMNS;
    private int made;

    /// @param stepsMax between the read and the write
    RandomFlow(Random random, int stepsMax) {
        this.random = random;
        String where = random.nextInt(3) == 0 ? ", where: " + quoted() : "";
        add("s: {read: erp.s" + where + "}");
        int steps = 1 + random.nextInt(stepsMax);
        for (int i = 0; i < steps; i++) {
            step();
        }
        if (text.indexOf("from l") >= 0 || text.indexOf("join l") >= 0) {
            text.insert("steps:\n".length(), "  l: {read: erp.l}\n");
        }
        add("w: {from: " + last + ", write: crm.w, mode: replace}");
    }

    String yaml() {
        return text.toString();
    }

    private void add(String line) {
        text.append("  ").append(line).append('\n');
    }

    private String column() {
        return columns.get(random.nextInt(columns.size()));
    }

    private String condition() {
        return random.nextBoolean()
                ? column() + " > " + random.nextInt(4)
                : "coalesce(" + column() + ", 1) <= " + column();
    }

    private String quoted() {
        return '"' + condition() + '"';
    }

    private String expression() {
        return switch (random.nextInt(4)) {
            case 0 -> column();
            case 1 -> column() + " + " + column();
            case 2 -> "case when " + condition() + " then " + column() + " else 7 end";
            default -> "greatest(" + column() + ", " + random.nextInt(5) + ")";
        };
    }

    private void step() {
        String name = "t" + made++;
        switch (random.nextInt(9)) {
            case 0 -> map(name);
            case 1 -> add(name + ": {from: " + last + ", where: " + quoted() + "}");
            case 2 -> add(name + ": {from: " + last + ", expect: [{rule: " + quoted() + "}]}");
            case 3 -> dedupe(name);
            case 4 -> union(name);
            default -> query(name);
        }
        last = name;
    }

    private void map(String name) {
        List<String> outputs = List.of("m0", "m1", "m2").subList(0, 1 + random.nextInt(3));
        boolean keep = random.nextBoolean() && columns.stream().noneMatch(outputs::contains);
        add(name + ": {from: " + last + ", map: {" + entries(outputs, keep) + "}}");
        columns = keep ? List.of("m0") : outputs;
    }

    private String entries(List<String> outputs, boolean keep) {
        String all =
                outputs.stream()
                        .map(output -> output + ": \"" + expression() + "\"")
                        .collect(Collectors.joining(", "));
        return keep ? all + ", '*': keep" : all;
    }

    private void dedupe(String name) {
        String order = columns.stream().collect(Collectors.joining(", "));
        add(
                "%s: {from: %s, dedupe: [%s], order: \"%s desc, %s\"}"
                        .formatted(name, last, column(), column(), order));
    }

    private void union(String name) {
        List<String> outputs = List.of("u0", "u1");
        add(name + "a: {from: " + last + ", map: {" + entries(outputs, false) + "}}");
        add(name + "b: {from: " + last + ", map: {" + entries(outputs, false) + "}}");
        add(name + ": {union: [" + name + "a, " + name + "b]}");
        columns = outputs;
    }

    private void query(String name) {
        String sql = QUERIES.get(random.nextInt(QUERIES.size()));
        if (sql.contains("columns(") && !columns.equals(COLUMNS)) {
            sql = QUERIES.getFirst();
        }
        List<String> gone = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            String column = column();
            gone.add(column);
            sql = sql.replace("$" + i, column);
        }
        boolean narrow = sql.contains("exclude") && columns.size() == 1;
        sql = narrow ? "select " + columns.getFirst() + " as p from @" : sql;
        add(name + ": {sql: \"" + sql.replace("@", last).replace("$$", "$") + "\"}");
        columns = after(sql, gone.getFirst());
    }

    private List<String> after(String sql, String first) {
        if (sql.contains("exclude")) {
            return columns.stream().filter(column -> !column.equals(first)).toList();
        }
        if (sql.startsWith("select *")) {
            return columns;
        }
        if (sql.contains("columns(")) {
            return List.of("a", "b", "c");
        }
        return sql.contains("(select max(v)") ? List.of("m", "q") : List.of("p");
    }
}
