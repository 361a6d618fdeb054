package dev.mortise.cli.house;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The rules a line of text can break by itself: lengths, unfinished work, dead links.
final class TextRules {
    static final int COLUMNS_MAX = 100;
    static final int PRODUCTION_LINES_MAX = 400;
    static final int TEST_LINES_MAX = 600;
    static final int CONTRACT_LINES_MAX = 300;
    static final int ARCHITECTURE_LINES_MAX = 400;

    // The brackets keep the pattern from finding itself.
    private static final Pattern UNFINISHED =
            Pattern.compile("\\b(FIXM[E]|TO[D]O(?!\\W{0,2}#\\d))");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(<?([^)\\s>]+)>?[^)]*\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("^([a-z][a-z0-9+.-]*:|#|//).*");

    private final Path root;
    private final List<Finding> findings = new ArrayList<>();

    private TextRules(Path root) {
        this.root = root;
    }

    static List<Finding> check(Path root, List<SourceFile> files) {
        TextRules rules = new TextRules(root);
        files.forEach(rules::check);
        return rules.findings;
    }

    private void check(SourceFile file) {
        List<String> lines = file.text().lines().toList();
        checkLength(file, lines.size());
        boolean fenced = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (file.isJava()) {
                checkJavaLine(file, i + 1, line);
            } else if (line.strip().startsWith("```")) {
                fenced = !fenced;
            } else if (!fenced) {
                checkLinks(file, i + 1, line);
            }
        }
    }

    private void checkLength(SourceFile file, int lines) {
        int limit = linesMax(file);
        if (lines > limit) {
            add(
                    "file-length",
                    file,
                    1,
                    "%d lines, limit %d; split it by noun".formatted(lines, limit));
        }
    }

    private static int linesMax(SourceFile file) {
        if (!file.isJava()) {
            return file.path().equals("ARCHITECTURE.md")
                    ? ARCHITECTURE_LINES_MAX
                    : Integer.MAX_VALUE;
        }
        if (file.isContract()) {
            return CONTRACT_LINES_MAX;
        }
        return file.isTest() ? TEST_LINES_MAX : PRODUCTION_LINES_MAX;
    }

    private void checkJavaLine(SourceFile file, int number, String line) {
        int columns = line.codePointCount(0, line.length());
        // An import cannot be broken.
        if (columns > COLUMNS_MAX && !line.startsWith("import ")) {
            add(
                    "columns",
                    file,
                    number,
                    "%d columns, limit %d; break it".formatted(columns, COLUMNS_MAX));
        }
        Matcher word = UNFINISHED.matcher(line);
        if (word.find()) {
            add(
                    "unfinished",
                    file,
                    number,
                    "'%s'; finish it, or file an issue".formatted(word.group()));
        }
    }

    private void checkLinks(SourceFile file, int number, String line) {
        Matcher link = LINK.matcher(line);
        while (link.find()) {
            String target = link.group(1);
            if (ELSEWHERE.matcher(target).matches()) {
                continue;
            }
            String path = target.replaceFirst("#.*$", "");
            if (!Files.exists(root.resolve(file.folder()).resolve(path).normalize())) {
                add(
                        "dead-link",
                        file,
                        number,
                        "no file '%s'; mend or drop the link".formatted(path));
            }
        }
    }

    private void add(String rule, SourceFile file, int line, String message) {
        findings.add(new Finding(rule, file.path(), line, message));
    }
}
