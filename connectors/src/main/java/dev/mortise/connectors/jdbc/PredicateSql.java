package dev.mortise.connectors.jdbc;

import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.util.ArrayList;
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

    /// The part of a filter that every database may evaluate without losing a row we want.
    /// Collations differ: where capitals or trailing blanks do not count, `= 'a'` finds more than
    /// we want, which is filtered afterwards, but `<> 'a'` would find less.
    static final class Safe {
        private final Schema schema;
        private final java.util.function.Predicate<Field> pushable;

        Safe(Schema schema, java.util.function.Predicate<Field> pushable) {
            this.schema = schema;
            this.pushable = pushable;
        }

        Optional<Predicate> of(Predicate predicate) {
            return switch (predicate) {
                case Predicate.And(var all) -> {
                    List<Predicate> safe = new ArrayList<>();
                    all.forEach(one -> of(one).ifPresent(safe::add));
                    yield safe.isEmpty() ? Optional.empty() : Optional.of(new Predicate.And(safe));
                }
                case Predicate.Or(var any) -> {
                    List<Predicate> safe = new ArrayList<>();
                    any.forEach(one -> of(one).ifPresent(safe::add));
                    yield safe.size() == any.size() && !any.isEmpty()
                            ? Optional.of(new Predicate.Or(safe))
                            : Optional.empty();
                }
                case Predicate.Compare(var column, var op, _) ->
                        op == Predicate.Op.EQUAL
                                ? known(column, predicate)
                                : exact(column, predicate);
                case Predicate.In(var column, var literals) ->
                        literals.isEmpty() ? Optional.empty() : known(column, predicate);
                case Predicate.IsNull _ -> Optional.of(predicate);
                case Predicate.Not(Predicate.IsNull _) -> Optional.of(predicate);
                case Predicate.Not(Predicate.In(var column, var literals)) ->
                        literals.isEmpty() ? Optional.empty() : exact(column, predicate);
                case Predicate.Not _, Predicate.Buckets _ -> Optional.empty();
            };
        }

        /// Equality: text may be compared loosely.
        private Optional<Predicate> known(String column, Predicate predicate) {
            Type type = type(column);
            return type == Scalar.TEXT ? Optional.of(predicate) : exact(column, predicate);
        }

        private Optional<Predicate> exact(String column, Predicate predicate) {
            if (schema.find(column).filter(pushable).isEmpty()) {
                return Optional.empty();
            }
            return switch (type(column)) {
                case Scalar scalar ->
                        switch (scalar) {
                            case INT8, INT16, INT32, INT64, UINT64, DATE, TIMESTAMP, TIMESTAMPTZ ->
                                    Optional.of(predicate);
                            case BOOL, FLOAT32, FLOAT64, TEXT, BYTES, TIME, UUID, JSON ->
                                    Optional.empty();
                        };
                case dev.mortise.spi.type.Decimal _ -> Optional.of(predicate);
            };
        }

        private Type type(String column) {
            return schema.find(column).map(field -> field.type()).orElse(Scalar.JSON);
        }
    }
}
