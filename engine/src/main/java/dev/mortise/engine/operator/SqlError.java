package dev.mortise.engine.operator;

import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What DuckDB says when it refuses something, in our words.
///
/// @param kind the word before `Error:`, such as `Binder` or `Conversion`; empty when there is none
/// @param text the rest of the first paragraph, without the excerpt of the statement
record SqlError(String kind, String text) {
    private static final Pattern KIND = Pattern.compile("^(?:\\w+\\.)*\\s*([A-Z][\\w ]*?) Error: ");
    private static final Pattern COLUMN =
            Pattern.compile(
                    "(?:Referenced column|Table .* does not have a column named) \"(.+?)\"");
    private static final Pattern FUNCTION =
            Pattern.compile("Function with name \"?(.+?)\"? does not exist");
    private static final Pattern TABLE =
            Pattern.compile("Table with name \"?(.+?)\"? does not exist");
    private static final Pattern SUGGESTION = Pattern.compile("Did you mean \"(.+?)\"");
    private static final String ROW_MARK = "\"" + Names.ROW + "\"";

    static SqlError of(SQLException error) {
        return of(String.valueOf(error.getMessage()));
    }

    static SqlError of(String message) {
        Matcher kind = KIND.matcher(message);
        boolean found = kind.find();
        String rest = found ? message.substring(kind.end()) : message;
        int excerpt = rest.indexOf("\n\nLINE ");
        rest = excerpt < 0 ? rest : rest.substring(0, excerpt);
        return new SqlError(found ? kind.group(1) : "", rest.strip());
    }

    /// Whether the values of a row are to blame, so that the row can be set aside.
    boolean ofRow() {
        return switch (kind) {
            case "Conversion", "Out of Range", "Invalid Input" -> true;
            default -> false;
        };
    }

    /// The problem of a row whose expression failed.
    Problem rowProblem(String column) {
        ProblemCode code =
                kind.equals("Out of Range")
                        ? ProblemCode.VALUE_OUT_OF_RANGE
                        : ProblemCode.CAST_FAILED;
        String subject = column.isEmpty() ? "" : "column '" + column + "': ";
        return Problem.of(
                code,
                subject + firstLine(),
                "mend the value, or say what becomes of it with try_cast or case");
    }

    /// The problem of an expression that cannot run against these columns.
    Problem definition(String subject, Collection<String> columns) {
        Matcher column = COLUMN.matcher(text);
        if (column.find()) {
            String name = column.group(1);
            return invalid(
                    subject + "no column '" + name + "' arrives here", Nearest.fix(name, columns));
        }
        Matcher function = FUNCTION.matcher(text);
        if (function.find()) {
            return invalid(
                    subject + "no function is called '" + function.group(1) + "'", suggestion());
        }
        if (text.contains(ROW_MARK)) {
            return invalid(
                    subject + "expected an expression over one row, got an aggregate over many",
                    "compute it in a sql step");
        }
        return invalid(subject + firstLine(), "see the functions and types of DuckDB SQL");
    }

    /// The problem of a query that cannot run over these inputs.
    Problem query(Collection<String> steps, Collection<String> columns) {
        Matcher table = TABLE.matcher(text);
        if (table.find()) {
            String name = table.group(1);
            return Problem.of(
                    ProblemCode.STEP_UNKNOWN,
                    "no step is called '" + name + "'",
                    Nearest.fix(name, steps));
        }
        return definition("", columns);
    }

    private String suggestion() {
        Matcher suggestion = SUGGESTION.matcher(text);
        return suggestion.find()
                ? "did you mean '" + suggestion.group(1) + "'?"
                : "see the functions of DuckDB SQL";
    }

    private static Problem invalid(String message, String fix) {
        return Problem.of(ProblemCode.EXPRESSION_INVALID, message, fix);
    }

    /// The problem of an engine that fails whatever the row.
    Problem problem(ProblemCode code, String act, String fix) {
        return Problem.of(code, act + ": " + firstLine(), fix);
    }

    /// What to throw when a statement that was fine when planned fails for no row's fault.
    static ProblemException running(String act, SQLException error) {
        SqlError cleaned = of(error);
        ProblemCode code =
                switch (cleaned.kind) {
                    case "Out of Memory" -> ProblemCode.LIMIT_EXCEEDED;
                    case "IO" -> ProblemCode.IO_FAILED;
                    case "INTERRUPT", "Interrupt" -> ProblemCode.CANCELLED;
                    case "INTERNAL", "FATAL" -> ProblemCode.INTERNAL;
                    default -> ProblemCode.STATEMENT_FAILED;
                };
        String fix =
                code == ProblemCode.LIMIT_EXCEEDED
                        ? "raise the memory limit, or let the step hold fewer rows"
                        : "run it again; if it stays, simplify the expression";
        return new ProblemException(cleaned.problem(code, act, fix), error);
    }

    private String firstLine() {
        int end = text.indexOf('\n');
        String line = (end < 0 ? text : text.substring(0, end)).strip();
        while (line.endsWith(".") || line.endsWith("!")) {
            line = line.substring(0, line.length() - 1);
        }
        boolean word = line.length() > 1 && Character.isLowerCase(line.charAt(1));
        return word ? line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1) : line;
    }
}
