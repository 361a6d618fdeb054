package dev.mortise.connectors.file;

import dev.mortise.connectors.file.FileFormat.Dialect;
import dev.mortise.connectors.file.FileFormat.Kind;
import dev.mortise.connectors.file.FileFormat.Sheet;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.option.Tree.Entries;
import dev.mortise.spi.option.Tree.Items;
import dev.mortise.spi.option.Tree.Leaf;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Type;
import java.nio.charset.Charset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The option `formats`: what holds for the files that match a pattern. The first pattern that
/// matches counts; what it leaves open follows from the ending of the name.
final class Formats {
    static final List<String> ENDINGS =
            List.of("csv", "tsv", "jsonl", "ndjson", "json", "xlsx", "parquet");

    static final List<String> WORDS =
            List.of(
                    "format",
                    "header",
                    "delimiter",
                    "quote",
                    "charset",
                    "decimal",
                    "thousands",
                    "dates",
                    "timestamps",
                    "nulls",
                    "gz",
                    "sheet",
                    "header_rows",
                    "columns");
    static final List<String> KINDS = List.of("csv", "tsv", "jsonl", "json", "xlsx", "parquet");

    private final Entries tree;

    Formats(Optional<Tree> tree) {
        this.tree =
                tree.orElse(Entries.empty()) instanceof Entries entries ? entries : Entries.empty();
    }

    /// The format of a file or a set.
    ///
    /// @throws ProblemException FILE_FORMAT_UNKNOWN when nothing tells it
    FileFormat of(String name) {
        return find(name).orElseThrow(() -> unknown(name));
    }

    Optional<FileFormat> find(String name) {
        FileFormat byName = byEnding(name);
        for (Map.Entry<String, Tree> entry : tree.entries().entrySet()) {
            boolean fits =
                    entry.getKey().equals(name)
                            || Folder.glob(entry.getKey()).matcher(name).matches();
            if (fits && entry.getValue() instanceof Entries words) {
                return Optional.ofNullable(merged(byName, words));
            }
        }
        return Optional.ofNullable(byName);
    }

    private static ProblemException unknown(String name) {
        return ProblemException.of(
                        ProblemCode.FILE_FORMAT_UNKNOWN,
                        "expected a name that ends in "
                                + String.join(", ", ENDINGS)
                                + ", got '"
                                + name
                                + "'",
                        "add an entry for the file under 'formats' of the connection, such as"
                                + " '\""
                                + name
                                + "\": {format: csv}'")
                .at(name);
    }

    private static @Nullable FileFormat byEnding(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean gz = lower.endsWith(".gz");
        String bare = gz ? lower.substring(0, lower.length() - 3) : lower;
        String ending = bare.substring(bare.lastIndexOf('.') + 1);
        return ENDINGS.contains(ending) ? FileFormat.of(kind(ending), gz) : null;
    }

    private static Kind kind(String word) {
        return word.equals("ndjson") ? Kind.JSONL : Kind.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static @Nullable FileFormat merged(@Nullable FileFormat byName, Entries words) {
        String kind = words.text("format");
        if (kind == null && byName == null) {
            return null;
        }
        boolean gz = bool(words, "gz", byName != null && byName.gz());
        FileFormat plain =
                kind == null && byName != null
                        ? FileFormat.of(byName.kind(), gz)
                        : FileFormat.of(kind(kind == null ? "csv" : kind), gz);
        return new FileFormat(
                plain.kind(),
                gz,
                dialect(plain.dialect(), words),
                spelling(words),
                sheet(words),
                columns(words));
    }

    private static Dialect dialect(Dialect plain, Entries words) {
        return new Dialect(
                bool(words, "header", plain.header()),
                mark(words, "delimiter", plain.delimiter()),
                mark(words, "quote", plain.quote()),
                text(words, "charset", plain.charset()));
    }

    private static Spelling spelling(Entries words) {
        return new Spelling(
                (char) mark(words, "decimal", (byte) '.'),
                (char) mark(words, "thousands", (byte) 0),
                texts(words, "dates").stream().map(Formats::pattern).toList(),
                texts(words, "timestamps").stream().map(Formats::pattern).toList(),
                Set.copyOf(texts(words, "nulls")));
    }

    /// A strict pattern, so that the 30th of February is refused and not bent: strict patterns
    /// spell the year `u`.
    private static DateTimeFormatter pattern(String text) {
        String years = text.indexOf('G') >= 0 ? text : text.replace('y', 'u');
        return DateTimeFormatter.ofPattern(years, Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    private static Sheet sheet(Entries words) {
        return new Sheet(
                text(words, "sheet", ""), Integer.parseInt(text(words, "header_rows", "1")));
    }

    private static Map<String, Type> columns(Entries words) {
        Map<String, Type> columns = new LinkedHashMap<>();
        if (words.find("columns") instanceof Entries pinned) {
            pinned.entries()
                    .forEach(
                            (name, type) -> {
                                if (type instanceof Leaf leaf) {
                                    columns.put(name, Type.parse(leaf.text()));
                                }
                            });
        }
        return columns;
    }

    private static boolean bool(Entries words, String name, boolean fallback) {
        String text = words.text(name);
        return (text == null || text.isEmpty()) ? fallback : Boolean.parseBoolean(text);
    }

    private static String text(Entries words, String name, String fallback) {
        String text = words.text(name);
        return (text == null || text.isEmpty()) ? fallback : text;
    }

    private static byte mark(Entries words, String name, byte fallback) {
        String text = words.text(name);
        if (text == null || text.isEmpty()) {
            return fallback;
        }
        return text.equals("\\t") ? (byte) '\t' : (byte) text.charAt(0);
    }

    private static List<String> texts(Entries words, String name) {
        return switch (words.find(name)) {
            case Leaf leaf -> List.of(leaf.text());
            case Items items ->
                    items.items().stream()
                            .filter(Leaf.class::isInstance)
                            .map(item -> ((Leaf) item).text())
                            .toList();
            case null -> List.of();
            case Entries _ -> List.of();
        };
    }

    /// Every problem of the option.
    static List<Problem> check(Optional<Tree> tree) {
        List<Problem> problems = new ArrayList<>();
        if (tree.isPresent() && !(tree.get() instanceof Entries)) {
            problems.add(invalid("formats", "patterns and what holds for them", tree.get()));
        }
        if (tree.orElse(null) instanceof Entries patterns) {
            patterns.entries()
                    .forEach(
                            (pattern, words) -> {
                                if (words instanceof Entries entries) {
                                    check(entries, problems);
                                } else {
                                    problems.add(
                                            invalid(pattern, "words such as {format: csv}", words));
                                }
                            });
        }
        return problems;
    }

    private static void check(Entries words, List<Problem> problems) {
        for (Map.Entry<String, Tree> entry : words.entries().entrySet()) {
            String name = entry.getKey();
            if (!WORDS.contains(name)) {
                problems.add(
                        new Problem(
                                ProblemCode.WORD_UNKNOWN,
                                "unknown word '" + name + "'",
                                words.placeOf(name).toString(),
                                Nearest.fix(name, WORDS)));
            } else {
                String expected = expected(words, name);
                if (expected != null) {
                    problems.add(invalid(name, expected, entry.getValue()));
                }
            }
        }
    }

    /// What a word expects when it has something else.
    private static @Nullable String expected(Entries words, String name) {
        String text = text(words, name, "");
        return switch (name) {
            case "format" -> KINDS.contains(text) ? null : "one of " + String.join(", ", KINDS);
            case "header", "gz" ->
                    text.equals("true") || text.equals("false") ? null : "true or false";
            case "delimiter", "quote", "decimal", "thousands" ->
                    text.equals("\\t") || (text.length() == 1 && text.charAt(0) < 128)
                            ? null
                            : "one character of ASCII, or '\\t'";
            case "charset" -> known(text) ? null : "auto, utf-8, gbk, gb18030, utf-16 or another";
            case "dates", "timestamps" ->
                    texts(words, name).stream().allMatch(Formats::isPattern)
                            ? null
                            : "patterns such as dd.MM.yyyy";
            case "header_rows" -> text.matches("[0-9]|1[0-9]") ? null : "0 to 19";
            case "columns" ->
                    typed(words)
                            ? null
                            : "names and types, such as {amount:" + " \"decimal(18,2)\"}";
            default -> null;
        };
    }

    private static boolean typed(Entries words) {
        try {
            return words.find("columns") instanceof Entries pinned
                    && columns(words).size() == pinned.entries().size();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean known(String charset) {
        try {
            return charset.equals(Dialect.AUTO) || Charset.isSupported(charset);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean isPattern(String text) {
        try {
            return !text.isEmpty() && pattern(text) != null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static Problem invalid(String name, String expected, Tree value) {
        String got = value instanceof Leaf leaf ? "'" + leaf.text() + "'" : "something else";
        return new Problem(
                ProblemCode.VALUE_INVALID,
                "'" + name + "' expects " + expected + ", got " + got,
                value.place().toString(),
                "see the page of the file connector");
    }
}
