package dev.mortise.connectors.jdbc;

import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Turns a [Predicate] into SQL. What a database cannot evaluate becomes "true" at the top level
/// of a conjunction, so that too many rows come and never too few; [#complete] tells.
public final class PredicateSql {
    private final Schema schema;
    private final Dialect dialect;

    public PredicateSql(Schema schema, Dialect dialect) {
        this.schema = schema;
        this.dialect = dialect;
    }

    /// Whether the database alone can tell which rows are wanted.
    public boolean complete(Predicate predicate) {
        return sql(predicate).isPresent();
    }

    /// SQL that is true for every wanted row, and for no other when [#complete].
    public String where(Predicate predicate) {
        if (predicate instanceof Predicate.And(List<Predicate> all)) {
            return joined(all.stream().map(this::where).toList(), " and ", "1 = 1");
        }
        return sql(predicate).orElse("1 = 1");
    }

    private Optional<String> sql(Predicate predicate) {
        return switch (predicate) {
            case Predicate.Compare(var column, var op, var literal) ->
                    Optional.of(
                            name(column) + " " + op.sql() + " " + literal(type(column), literal));
            case Predicate.In(var column, var literals) -> Optional.of(in(column, literals));
            case Predicate.IsNull(var column) -> Optional.of(name(column) + " is null");
            case Predicate.Not(var of) -> sql(of).map(inner -> "not (" + inner + ")");
            case Predicate.And(var all) -> all(all, " and ", "1 = 1");
            case Predicate.Or(var any) -> all(any, " or ", "1 = 0");
            case Predicate.Buckets buckets -> dialect.buckets(buckets);
        };
    }

    private Optional<String> all(List<Predicate> parts, String word, String none) {
        List<Optional<String>> texts = parts.stream().map(this::sql).toList();
        return texts.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : Optional.of(
                        joined(texts.stream().map(Optional::orElseThrow).toList(), word, none));
    }

    private static String joined(List<String> parts, String word, String none) {
        return parts.isEmpty() ? none : "(" + String.join(")" + word + "(", parts) + ")";
    }

    private String in(String column, List<String> literals) {
        if (literals.isEmpty()) {
            return "1 = 0";
        }
        Type type = type(column);
        return literals.stream()
                .map(text -> literal(type, text))
                .collect(Collectors.joining(", ", name(column) + " in (", ")"));
    }

    private String literal(Type type, String text) {
        return dialect.literal(type, text);
    }

    private String name(String column) {
        return dialect.quote(column);
    }

    private Type type(String column) {
        return schema.find(column)
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        ProblemCode.COLUMN_MISSING,
                                        "no column '" + column + "' to filter by",
                                        Nearest.fix(column, schema.names())))
                .type();
    }
}
