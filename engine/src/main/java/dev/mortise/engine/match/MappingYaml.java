package dev.mortise.engine.match;

import dev.mortise.engine.match.Reason.Kind;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Writes proposals as steps for a flow: a line a column, behind it how sure it is and why.
public final class MappingYaml {
    private static final int WIDTH_MAX = 44;
    private static final int REASONS_MAX = 2;
    private static final double TELLING = 0.6;

    /// Words that SQL takes for its own.
    private static final Set<String> SQL_WORDS =
            Set.of(
                    "all",
                    "and",
                    "any",
                    "as",
                    "asc",
                    "both",
                    "case",
                    "cast",
                    "check",
                    "collate",
                    "column",
                    "constraint",
                    "create",
                    "default",
                    "desc",
                    "distinct",
                    "do",
                    "else",
                    "end",
                    "except",
                    "false",
                    "fetch",
                    "for",
                    "foreign",
                    "from",
                    "grant",
                    "group",
                    "having",
                    "in",
                    "into",
                    "lateral",
                    "leading",
                    "limit",
                    "not",
                    "null",
                    "offset",
                    "on",
                    "only",
                    "or",
                    "order",
                    "primary",
                    "references",
                    "select",
                    "some",
                    "table",
                    "then",
                    "to",
                    "trailing",
                    "true",
                    "union",
                    "unique",
                    "user",
                    "using",
                    "when",
                    "where",
                    "window",
                    "with");

    private static final Set<String> YAML_WORDS =
            Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private final UnaryOperator<String> words;

    /// @param words sentences by key: `map.AUTO`, `map.SUGGEST`, `map.required`, `map.none`,
    ///     `map.instead` and `map.reason.` with each kind of reason
    public MappingYaml(UnaryOperator<String> words) {
        this.words = words;
    }

    /// @param source connection and dataset, as a read step names it
    public List<String> lines(String source, List<Proposal> proposals) {
        List<String> lines = new ArrayList<>();
        lines.add("steps:");
        lines.add("  source: {read: " + source + "}");
        lines.add("  mapped:");
        lines.add("    from: source");
        lines.add("    map:");
        proposals.stream().filter(p -> p.source().isPresent()).forEach(p -> lines.add(line(p)));
        proposals.stream().filter(Proposal::missing).forEach(p -> lines.add(open(p, "required")));
        proposals.stream()
                .filter(p -> p.source().isEmpty() && !p.missing())
                .forEach(p -> lines.add(open(p, "none")));
        return lines;
    }

    private String line(Proposal proposal) {
        FieldProfile source = proposal.source().orElseThrow();
        String entry =
                "      " + key(proposal.target().name()) + ": " + value(source, proposal.target());
        String gap = " ".repeat(Math.max(1, WIDTH_MAX - entry.length()));
        return entry + gap + "# " + why(proposal);
    }

    private String why(Proposal proposal) {
        StringBuilder why = new StringBuilder();
        why.append(String.format(Locale.ROOT, "%.2f ", proposal.score()));
        why.append(words.apply("map." + proposal.band()));
        List<String> reasons =
                proposal.reasons().stream()
                        .filter(r -> r.score() >= TELLING && r.kind() != Kind.POSITION)
                        .sorted((a, b) -> a.kind().compareTo(b.kind()))
                        .limit(REASONS_MAX)
                        .map(r -> words.apply("map.reason." + r.kind()))
                        .toList();
        if (!reasons.isEmpty()) {
            why.append(" · ").append(String.join(", ", reasons));
        }
        if (proposal.band() == Band.SUGGEST && !proposal.alternatives().isEmpty()) {
            String other = proposal.alternatives().getFirst().source();
            why.append(" · ").append(words.apply("map.instead")).append(' ').append(other);
        }
        return why.toString();
    }

    private String open(Proposal proposal, String word) {
        FieldProfile target = proposal.target();
        String entry = "      # " + key(target.name()) + ":";
        String gap = " ".repeat(Math.max(1, WIDTH_MAX - entry.length()));
        return entry + gap + "# " + words.apply("map." + word) + " · " + target.type().text();
    }

    private static String key(String name) {
        boolean plain = name.matches("[\\p{L}_][\\p{L}\\p{N}_]*");
        return plain && !YAML_WORDS.contains(name.toLowerCase(Locale.ROOT)) ? name : quoted(name);
    }

    private static String value(FieldProfile source, FieldProfile target) {
        String column = column(source.name());
        String expression = cast(column, source, target.type());
        boolean plain = expression.matches("[A-Za-z_][A-Za-z0-9_]*");
        boolean reserved = YAML_WORDS.contains(expression.toLowerCase(Locale.ROOT));
        return plain && !reserved ? expression : quoted(expression);
    }

    private static String column(String name) {
        boolean plain = name.matches("[A-Za-z_][A-Za-z0-9_]*");
        boolean reserved = SQL_WORDS.contains(name.toLowerCase(Locale.ROOT));
        return plain && !reserved ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    /// In single quotes when double quotes stand in it, which YAML would want escaped.
    private static String quoted(String text) {
        return text.indexOf('"') < 0 && text.indexOf('\\') < 0
                ? '"' + text + '"'
                : "'" + text.replace("'", "''") + "'";
    }

    private static String cast(String column, FieldProfile source, Type to) {
        if (fits(source.type(), to)) {
            return column;
        }
        boolean compact =
                source.type() == Scalar.TEXT
                        && to == Scalar.DATE
                        && !source.samples().isEmpty()
                        && source.samples().stream().allMatch(v -> v.matches("\\d{8}"));
        String value = compact ? "strptime(" + column + ", '%Y%m%d')" : column;
        return "cast(" + value + " as " + sql(to) + ")";
    }

    /// Whether every value goes over as it is.
    private static boolean fits(Type from, Type to) {
        if (from.equals(to)) {
            return true;
        }
        if (from instanceof Decimal small && to instanceof Decimal large) {
            return small.scale() <= large.scale()
                    && small.precision() - small.scale() <= large.precision() - large.scale();
        }
        List<Type> wholes = List.of(Scalar.INT8, Scalar.INT16, Scalar.INT32, Scalar.INT64);
        return wholes.contains(from) && wholes.indexOf(from) < wholes.indexOf(to);
    }

    private static String sql(Type type) {
        return switch (type) {
            case Decimal decimal -> decimal.text();
            case Scalar scalar ->
                    switch (scalar) {
                        case BOOL -> "boolean";
                        case INT8 -> "tinyint";
                        case INT16 -> "smallint";
                        case INT32 -> "integer";
                        case INT64 -> "bigint";
                        case UINT64 -> "ubigint";
                        case FLOAT32 -> "real";
                        case FLOAT64 -> "double";
                        case TEXT -> "varchar";
                        case BYTES -> "blob";
                        case DATE -> "date";
                        case TIME -> "time";
                        case TIMESTAMP -> "timestamp";
                        case TIMESTAMPTZ -> "timestamptz";
                        case UUID -> "uuid";
                        case JSON -> "json";
                    };
        };
    }
}
