package dev.mortise.connectors.jdbc;

import dev.mortise.spi.connect.SinkPlan;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Works out what writing to a table of a SQL database would do. Changes nothing.
public final class TablePlan {
    private final Target target;
    private final Dialect dialect;
    private final List<Field> fields = new ArrayList<>();
    private final Map<String, String> natives = new LinkedHashMap<>();
    private final Map<String, Loss> losses = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private TablePlan(Target target, Dialect dialect) {
        this.target = target;
        this.dialect = dialect;
    }

    /// The plan for a table that stands.
    ///
    /// @param optional columns that fill themselves: by default, identity or expression
    public static SinkPlan existing(
            Target target, Schema table, Set<String> optional, Dialect dialect) {
        TablePlan plan = new TablePlan(target, dialect);
        for (Field arriving : target.schema().fields()) {
            plan.match(arriving, table);
        }
        for (Field column : table.fields()) {
            boolean written = target.schema().has(column.name());
            if (!written && !column.nullable() && !optional.contains(column.name())) {
                plan.problems.add(
                        Problem.of(
                                ProblemCode.COLUMN_REQUIRED,
                                "column '"
                                        + column.name()
                                        + "' may not be null, and is not written",
                                "map a value to it, or give it a default"));
            }
        }
        return plan.done(List.of());
    }

    /// The plan for a table that we make.
    public static SinkPlan missing(Target target, TableName name, Dialect dialect) {
        TablePlan plan = new TablePlan(target, dialect);
        for (Field arriving : target.schema().fields()) {
            NativeType type =
                    dialect.column(arriving.type(), target.key().contains(arriving.name()));
            plan.add(arriving.typed(type.type()), type.sql(), type.loss());
        }
        return plan.done(List.of(plan.ddl(name)));
    }

    private void match(Field arriving, Schema table) {
        Field column = table.find(arriving.name()).orElse(null);
        if (column == null) {
            fields.add(arriving);
            problems.add(
                    Problem.of(
                            ProblemCode.COLUMN_MISSING,
                            "no column '" + arriving.name() + "' in '" + target.dataset() + "'",
                            Nearest.fix(arriving.name(), table.names())));
            return;
        }
        boolean unsupported = column.loss().kind() == Loss.Kind.UNSUPPORTED;
        String sql = column.nativeType() == null ? "" : column.nativeType();
        add(arriving.typed(column.type()), sql, unsupported ? column.loss() : Loss.NONE);
    }

    private void add(Field field, String sql, Loss loss) {
        fields.add(field);
        natives.put(field.name(), sql);
        if (loss.kind() != Loss.Kind.LOSSLESS) {
            losses.put(field.name(), loss);
        }
        if (loss.kind() == Loss.Kind.UNSUPPORTED) {
            problems.add(
                    Problem.of(
                            ProblemCode.TYPE_UNSUPPORTED,
                            "column '" + field.name() + "': " + loss.reason(),
                            "convert it in a map step, or leave it out"));
        }
    }

    private SinkPlan done(List<String> statements) {
        boolean keyed = target.mode() == WriteMode.UPSERT || target.mode() == WriteMode.MIRROR;
        if (keyed && target.key().isEmpty()) {
            problems.add(
                    Problem.of(
                            ProblemCode.KEY_REQUIRED,
                            "mode '"
                                    + target.mode().name().toLowerCase(java.util.Locale.ROOT)
                                    + "' needs to know which columns identify a row",
                            "add 'key: [column]' to the step"));
        }
        for (String key : target.key()) {
            if (!target.schema().has(key)) {
                problems.add(
                        Problem.of(
                                ProblemCode.COLUMN_MISSING,
                                "key column '" + key + "' does not arrive",
                                Nearest.fix(key, target.schema().names())));
            }
        }
        return new SinkPlan(new Schema(fields), statements, natives, losses, problems);
    }

    private String ddl(TableName name) {
        List<String> lines = new ArrayList<>();
        for (Field field : fields) {
            boolean required = !field.nullable() || target.key().contains(field.name());
            lines.add(
                    dialect.quote(field.name())
                            + " "
                            + natives.get(field.name())
                            + (required ? " not null" : ""));
        }
        if (!target.key().isEmpty()) {
            lines.add("primary key " + names(target.key(), dialect));
        }
        return "create table " + name.sql(dialect) + " (" + String.join(", ", lines) + ")";
    }

    /// Names in quotes and brackets.
    public static String names(List<String> names, Dialect dialect) {
        return names.stream().map(dialect::quote).collect(Collectors.joining(", ", "(", ")"));
    }

    /// Names of columns in brackets, behind a blank.
    public static String names(Dialect dialect, List<Field> columns) {
        return " " + list(columns, field -> dialect.quote(field.name()));
    }

    static String list(List<Field> columns, Function<Field, String> each) {
        return "(" + plain(columns, each) + ")";
    }

    /// Something for each column, between commas.
    public static String plain(List<Field> columns, Function<Field, String> each) {
        return joined(columns, ", ", each);
    }

    /// Something for each part, between words.
    public static <T> String joined(List<T> parts, String word, Function<T, String> each) {
        return parts.stream().map(each).collect(Collectors.joining(word));
    }
}
