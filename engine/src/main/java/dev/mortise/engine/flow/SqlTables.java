package dev.mortise.engine.flow;

import dev.mortise.engine.flow.SqlTokens.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Names the tables a query reads: what stands after FROM, JOIN and the commas between them.
/// Qualified names, table functions and the names a WITH introduces are none of them.
final class SqlTables {
    private static final Set<String> CLAUSES =
            Set.of(
                    "SELECT",
                    "WHERE",
                    "GROUP",
                    "HAVING",
                    "ORDER",
                    "LIMIT",
                    "UNION",
                    "EXCEPT",
                    "INTERSECT",
                    "WINDOW",
                    "QUALIFY",
                    "WITH",
                    "VALUES");

    /// One pair of brackets, or the query itself.
    private static final class Level {
        /// Whether it is a query or a join, not the arguments of a function.
        private final boolean query;

        private boolean inFrom;
        private boolean tableNext;

        Level(boolean query, boolean tableNext) {
            this.query = query;
            this.inFrom = tableNext;
            this.tableNext = tableNext;
        }
    }

    /// The name of a `WITH name AS (…)`, and where it begins to hold.
    private record Named(String name, int from) {}

    private final List<Token> tokens;
    private final List<Named> named = new ArrayList<>();
    private final Deque<Level> levels = new ArrayDeque<>();
    private final Set<String> tables = new LinkedHashSet<>();

    private SqlTables(List<Token> tokens) {
        this.tokens = tokens;
    }

    /// As they are spelt, in the order they first stand there.
    static List<String> of(String sql) {
        SqlTables reader = new SqlTables(SqlTokens.of(sql));
        reader.findNamed();
        reader.levels.push(new Level(true, false));
        for (int i = 0; i < reader.tokens.size(); i++) {
            i = reader.read(i);
        }
        return List.copyOf(reader.tables);
    }

    /// Reads a token and answers the last one it used.
    private int read(int i) {
        Token token = tokens.get(i);
        Level level = levels.getFirst();
        if (token.is("(")) {
            open(i, level);
        } else if (token.is(")")) {
            if (levels.size() > 1) {
                levels.pop();
            }
        } else if (token.is(",")) {
            level.tableNext = level.inFrom;
        } else if (token.is("FROM")) {
            boolean clause = level.query && !is(i - 1, "DISTINCT");
            level.inFrom |= clause;
            level.tableNext |= clause;
        } else if (token.is("JOIN")) {
            level.inFrom = true;
            level.tableNext = true;
        } else if (token.kind() == SqlTokens.Kind.WORD
                && CLAUSES.contains(token.text().toUpperCase(Locale.ROOT))) {
            level.inFrom = false;
            level.tableNext = false;
        } else if (level.tableNext && !token.is("LATERAL")) {
            level.tableNext = false;
            return token.isName() ? table(i) : i;
        }
        return i;
    }

    private void open(int i, Level level) {
        boolean query =
                level.tableNext
                        || is(i + 1, "SELECT")
                        || is(i + 1, "WITH")
                        || is(i + 1, "VALUES")
                        || is(i + 1, "(")
                        || (is(i + 1, "FROM") && !is(i - 1, "TRIM"));
        levels.push(new Level(query, level.tableNext));
        level.tableNext = false;
    }

    private int table(int i) {
        int last = i;
        while (is(last + 1, ".")) {
            last += 2;
        }
        if (last == i && !is(i + 1, "(") && !isNamed(tokens.get(i).text(), i)) {
            tables.add(tokens.get(i).text());
        }
        return last;
    }

    private boolean isNamed(String name, int at) {
        return named.stream().anyMatch(one -> one.from <= at && one.name.equalsIgnoreCase(name));
    }

    /// Finds `name [(columns)] AS [[NOT] MATERIALIZED] (`. The name holds after its query, so that
    /// `WITH orders AS (SELECT … FROM orders)` still reads a table; in a RECURSIVE one, at once.
    private void findNamed() {
        boolean recursive = false;
        for (int i = 0; i < tokens.size(); i++) {
            recursive |= is(i, "RECURSIVE");
            Optional<Integer> body = tokens.get(i).isName() ? body(i) : Optional.empty();
            if (body.isPresent()) {
                int from = recursive ? i : closing(body.get());
                named.add(new Named(tokens.get(i).text(), from));
            }
        }
    }

    private Optional<Integer> body(int name) {
        int i = name + 1;
        if (is(i, "(")) {
            i = closing(i) + 1;
        }
        if (!is(i, "AS") || is(name, "AS")) {
            return Optional.empty();
        }
        i++;
        while (is(i, "NOT") || is(i, "MATERIALIZED")) {
            i++;
        }
        return is(i, "(") ? Optional.of(i) : Optional.empty();
    }

    private int closing(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            if (is(i, "(")) {
                depth++;
            } else if (is(i, ")") && --depth == 0) {
                return i;
            }
        }
        return tokens.size();
    }

    private boolean is(int i, String keyword) {
        return i >= 0 && i < tokens.size() && tokens.get(i).is(keyword);
    }
}
