package dev.mortise.engine.flow;

import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.ProblemCode;
import java.util.List;
import java.util.Optional;

/// Reads `copy: {from: erp, to: warehouse, into: "ods_{schema}_{table}", mode: replace}`.
final class CopyReader {
    static final String EXAMPLE =
            "copy: {from: erp, to: warehouse, into: \"ods_{schema}_{table}\", mode: replace}";

    private static final List<String> KNOWN =
            List.of("from", "include", "exclude", "to", "into", "mode", "lossy");
    private static final List<String> GAPS = List.of("schema", "table");
    private static final List<String> UNCHANGED = List.of("{table}", "{schema}.{table}");

    private final DatasetNames datasets;
    private final Problems problems;

    CopyReader(DatasetNames datasets, Problems problems) {
        this.datasets = datasets;
        this.problems = problems;
    }

    Copy read(Tree.Entries entries, String owner) {
        Words words = Words.of(entries, "'copy' of " + owner, KNOWN, problems);
        words.only(KNOWN);
        words.need("mode", "mode: replace' or 'append', 'upsert', 'mirror");
        Copy copy =
                new Copy(
                        connection(words, "from", "from: erp"),
                        words.list("include", "include: [\"sales.*\"]"),
                        words.list("exclude", "exclude: [\"*.tmp_*\"]"),
                        connection(words, "to", "to: warehouse"),
                        into(words),
                        words.choice("mode", WriteMode.class).orElse(WriteMode.REPLACE),
                        lossy(words),
                        entries.place());
        if (!copy.from().isEmpty()
                && copy.from().equals(copy.to())
                && UNCHANGED.contains(copy.into())) {
            problems.add(
                    ProblemCode.VALUE_INVALID,
                    words.place("to"),
                    "the copy would write every table of '" + copy.to() + "' onto itself",
                    "copy to another connection, or into other names: 'into: \"copy_{table}\"'");
        }
        return copy;
    }

    private String connection(Words words, String word, String example) {
        String name = words.needText(word, example);
        if (!name.isEmpty()) {
            datasets.connection(name, words.place(word));
        }
        return name;
    }

    private String into(Words words) {
        Optional<String> written = words.text("into", "into: \"ods_{schema}_{table}\"");
        if (written.isEmpty()) {
            return "{table}";
        }
        String into = written.get();
        boolean known = true;
        for (int at = into.indexOf('{'); at >= 0; at = into.indexOf('{', at + 1)) {
            int end = into.indexOf('}', at);
            known &= gap(into.substring(at + 1, end < 0 ? into.length() : end), words);
        }
        if (known && !into.contains("{table}")) {
            problems.add(
                    ProblemCode.VALUE_INVALID,
                    words.place("into"),
                    "'into' expects '{table}', or every table would land in '" + into + "'",
                    "write it like 'into: \"ods_{schema}_{table}\"'");
        }
        return into;
    }

    private boolean gap(String name, Words words) {
        if (!GAPS.contains(name)) {
            problems.add(
                    ProblemCode.WORD_UNKNOWN,
                    words.place("into"),
                    "unknown gap '{" + name + "}' in 'into'",
                    Nearest.fix(name, GAPS));
        }
        return GAPS.contains(name);
    }

    private static boolean lossy(Words words) {
        Tree value = words.tree().find("lossy");
        boolean allowed = value instanceof Tree.Leaf leaf && leaf.text().equals("allow");
        if (value != null && !allowed) {
            words.invalid("lossy", "'allow'", value, "lossy: allow");
        }
        return allowed;
    }
}
