package dev.mortise.connectors.postgres;

import dev.mortise.connectors.postgres.SinkShape.Publish;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What keeps a table from being written as asked. Reports everything at once.
final class ShapeRules {
    /// Types no unique index can be on.
    private static final Set<String> UNSORTED =
            Set.of("json", "xml", "point", "line", "lseg", "box", "path", "polygon", "circle");

    private final PostgresTable table;
    private final Target target;
    private final Publish publish;
    private final List<Problem> problems = new ArrayList<>();

    ShapeRules(PostgresTable table, Target target, Publish publish) {
        this.table = table;
        this.target = target;
        this.publish = publish;
    }

    List<Problem> check(List<PostgresColumn> written) {
        if (table.kind() != 'r' && table.kind() != 'p') {
            add(
                    ProblemCode.MODE_UNSUPPORTED,
                    "'%s' is no table that rows can be copied into".formatted(table.name()),
                    "write to the table behind it");
        }
        for (PostgresColumn column : table.columns()) {
            column(column, written.contains(column));
        }
        for (String name : target.key()) {
            if (written.stream().noneMatch(c -> c.name().equals(name))) {
                add(
                        ProblemCode.COLUMN_MISSING,
                        "key column '%s' does not arrive".formatted(name),
                        Nearest.fix(name, target.schema().names()));
            }
        }
        key();
        return problems;
    }

    private void column(PostgresColumn column, boolean written) {
        if (written && column.computed()) {
            add(
                    ProblemCode.TYPE_UNSUPPORTED,
                    "column '%s' is computed by the server".formatted(column.name()),
                    "leave it out of the mapping");
        }
        if (!written && !column.nullable() && !column.filled()) {
            add(
                    ProblemCode.COLUMN_REQUIRED,
                    "column '%s' may not be null and has no default, but is not written"
                            .formatted(column.name()),
                    "map a column to it, or give it a default");
        }
    }

    private void key() {
        boolean needed = target.mode() == WriteMode.UPSERT || target.mode() == WriteMode.MIRROR;
        if (needed && target.key().isEmpty()) {
            add(
                    ProblemCode.KEY_REQUIRED,
                    "mode %s needs a key"
                            .formatted(target.mode().name().toLowerCase(java.util.Locale.ROOT)),
                    table.key().isEmpty()
                            ? "name the columns that identify a row"
                            : "write 'key: " + table.key() + "'");
            return;
        }
        for (PostgresColumn column : table.columns()) {
            if (needed
                    && target.key().contains(column.name())
                    && UNSORTED.contains(column.nativeType())) {
                add(
                        ProblemCode.KEY_REQUIRED,
                        "column '%s' of type %s cannot be a key, for its values have no order"
                                .formatted(column.name(), column.nativeType()),
                        "name other columns that identify a row");
            }
        }
        if (target.mode() == WriteMode.REPLACE
                && publish == Publish.MERGE
                && (table.key().isEmpty() || !target.schema().names().containsAll(table.key()))) {
            add(
                    ProblemCode.MODE_UNSUPPORTED,
                    "other tables refer to '%s', so its rows can only be replaced by key"
                            .formatted(table.name()),
                    "write its key columns, or use mode upsert");
        }
    }

    private void add(ProblemCode code, String message, String fix) {
        problems.add(new Problem(code, message, target.dataset(), fix));
    }
}
