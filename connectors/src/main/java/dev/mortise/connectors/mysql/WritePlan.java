package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.MySqlTable.MySqlColumn;
import dev.mortise.connectors.mysql.MySqlTable.TableName;
import dev.mortise.connectors.mysql.MySqlTypes.Narrowing;
import dev.mortise.spi.connect.SinkPlan;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds out what writing to a target means.
final class WritePlan {
    private final Target target;
    private final boolean mariaDb;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Loss> losses = new LinkedHashMap<>();
    private final WriteTable table;
    private final boolean loadData;

    WritePlan(Target target, MySqlCatalog catalog, Sessions sessions) throws SQLException {
        this.target = target;
        this.mariaDb = sessions.mariaDb();
        this.loadData = sessions.loadData();
        TableName name = TableName.parse(target.dataset(), sessions.database());
        Optional<MySqlTable> existing = catalog.find(name);
        if (existing.isEmpty() && !target.create()) {
            List<String> known = catalog.datasets(target.dataset().contains(".") ? "*.*" : "*");
            throw ProblemException.of(
                            ProblemCode.DATASET_MISSING,
                            "no table is called '" + target.dataset() + "'",
                            Nearest.fix(target.dataset(), known))
                    .at(target.dataset());
        }
        checkKey();
        List<MySqlColumn> columns =
                existing.isPresent() ? existingColumns(existing.get()) : newColumns();
        if (existing.isPresent()) {
            checkRequired(existing.get(), columns);
            checkMode(catalog, name);
        }
        this.table = WriteTable.of(target, name, existing, columns, mariaDb);
    }

    private void problem(ProblemCode code, String message, String fix) {
        problems.add(new Problem(code, message, target.dataset(), fix));
    }

    private void checkKey() {
        boolean needed = target.mode() == WriteMode.UPSERT || target.mode() == WriteMode.MIRROR;
        if (needed && target.key().isEmpty()) {
            problem(
                    ProblemCode.KEY_REQUIRED,
                    "mode " + target.mode() + " needs a key",
                    "name the columns that identify a row in 'key'");
        }
        for (String key : target.key()) {
            if (!target.schema().has(key)) {
                problem(
                        ProblemCode.COLUMN_MISSING,
                        "key column '" + key + "' does not arrive",
                        Nearest.fix(key, target.schema().names()));
            }
        }
    }

    private List<MySqlColumn> existingColumns(MySqlTable existing) {
        List<MySqlColumn> columns = new ArrayList<>();
        for (Field field : target.schema().fields()) {
            Optional<MySqlColumn> column = existing.find(field.name());
            if (column.isEmpty()) {
                problem(
                        ProblemCode.COLUMN_MISSING,
                        "the table has no column '" + field.name() + "'",
                        Nearest.fix(field.name(), existing.schema().names()));
            } else if (column.get().generated()) {
                problem(
                        ProblemCode.COLUMN_TAKEN,
                        "column '" + field.name() + "' is computed by the server",
                        "leave it out of the mapping");
            } else {
                Narrowing.loss(field.type(), column.get())
                        .ifPresent(loss -> losses.put(field.name(), loss));
                columns.add(column.get());
            }
        }
        return columns;
    }

    private List<MySqlColumn> newColumns() {
        List<MySqlColumn> columns = new ArrayList<>();
        for (Field field : target.schema().fields()) {
            boolean key = target.key().contains(field.name());
            Loss loss = MySqlTypes.written(field.type(), key, mariaDb);
            if (!loss.equals(Loss.NONE)) {
                losses.put(field.name(), loss);
            }
            if (loss.kind() == Loss.Kind.UNSUPPORTED) {
                problem(
                        ProblemCode.TYPE_UNSUPPORTED,
                        "column '%s' of type %s: %s"
                                .formatted(field.name(), field.type().text(), loss.reason()),
                        "convert it in a map step");
            }
            columns.add(newColumn(field, key));
        }
        return columns;
    }

    private MySqlColumn newColumn(Field field, boolean key) {
        String columnType = MySqlTypes.write(field.type(), key, mariaDb);
        int bracket = columnType.indexOf('(');
        String dataType =
                (bracket < 0 ? columnType : columnType.substring(0, bracket)).split(" ", 2)[0];
        // A key made here must keep apart what the source kept apart: 'a', 'A' and, where the
        // server can, 'a '.
        String exact = mariaDb ? "utf8mb4_nopad_bin" : "utf8mb4_bin";
        boolean uuidText = field.type() == Scalar.UUID && !mariaDb;
        boolean nullable = field.nullable() && !key;
        return new MySqlColumn(
                new Field(
                        field.name(),
                        uuidText ? Scalar.TEXT : field.type(),
                        nullable,
                        columnType,
                        field.comment(),
                        Loss.NONE),
                dataType,
                columnType,
                key && field.type() == Scalar.TEXT ? exact : null,
                6,
                false,
                nullable);
    }

    private void checkRequired(MySqlTable existing, List<MySqlColumn> columns) {
        for (MySqlColumn column : existing.columns()) {
            if (!column.filled() && !column.generated() && !columns.contains(column)) {
                problem(
                        ProblemCode.COLUMN_REQUIRED,
                        "column '" + column.name() + "' takes no null and has no default",
                        "map something to it");
            }
        }
    }

    /// A swap would leave behind what hangs on the table.
    private void checkMode(MySqlCatalog catalog, TableName name) throws SQLException {
        if (target.mode() != WriteMode.REPLACE) {
            return;
        }
        List<String> referrers = catalog.referrers(name);
        if (!referrers.isEmpty()) {
            problem(
                    ProblemCode.MODE_UNSUPPORTED,
                    "a table that " + referrers + " refer to cannot be swapped for another",
                    "use mode mirror, or drop the foreign keys");
        }
        List<String> triggers = catalog.triggers(name);
        if (!triggers.isEmpty()) {
            problem(
                    ProblemCode.MODE_UNSUPPORTED,
                    "a table with the triggers " + triggers + " would lose them in a swap",
                    "use mode mirror, or drop the triggers");
        }
    }

    WriteTable table() {
        return table;
    }

    List<Problem> problems() {
        return problems;
    }

    SinkPlan sinkPlan() {
        Map<String, String> nativeTypes = new LinkedHashMap<>();
        List<Field> fields = new ArrayList<>();
        for (MySqlColumn column : table.columns()) {
            nativeTypes.put(column.name(), column.columnType());
            fields.add(column.field());
        }
        List<String> statements = new ArrayList<>();
        if (table.existing().isEmpty()) {
            statements.add(table.create(table.name()));
        }
        if (!loadData) {
            statements.add("-- rows go in by multi-row inserts: LOAD DATA LOCAL is not allowed");
        }
        return new SinkPlan(new Schema(fields), statements, nativeTypes, losses, problems);
    }
}
