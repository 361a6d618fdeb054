package dev.mortise.cli.house;

import static java.util.Objects.requireNonNull;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// The rules that need the tree of a Java file, which the JDK's own parser gives.
///
/// files -> parse, without attribution -> one [SyntaxScanner] a file -> findings
final class SyntaxRules {
    private SyntaxRules() {}

    static List<Finding> check(List<SourceFile> files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> complaints = new DiagnosticCollector<>();
        Map<URI, SourceFile> byUri = new HashMap<>();
        List<InMemory> units = new ArrayList<>();
        for (SourceFile file : files) {
            if (file.isJava()) {
                InMemory unit = new InMemory(file);
                units.add(unit);
                byUri.put(unit.toUri(), file);
            }
        }
        if (units.isEmpty()) {
            return List.of();
        }
        var options = List.of("-proc:none");
        var task = (JavacTask) compiler.getTask(null, null, complaints, options, null, units);
        List<Finding> findings = new ArrayList<>();
        for (CompilationUnitTree unit : parse(task)) {
            SourceFile file = requireNonNull(byUri.get(unit.getSourceFile().toUri()));
            Lines lines = new Lines(unit, Trees.instance(task).getSourcePositions());
            new SyntaxScanner(file, lines, findings).scan(unit, 0);
        }
        if (!complaints.getDiagnostics().isEmpty()) {
            throw new IllegalArgumentException("parsing: " + complaints.getDiagnostics());
        }
        return findings;
    }

    private static Iterable<? extends CompilationUnitTree> parse(JavacTask task) {
        try {
            return task.parse();
        } catch (IOException e) {
            throw new UncheckedIOException("parsing the sources", e);
        }
    }

    /// Turns places in a parsed file into line numbers.
    record Lines(CompilationUnitTree unit, SourcePositions positions) {
        int first(Tree tree) {
            return (int) unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
        }

        int last(Tree tree) {
            return (int) unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree));
        }

        /// The lines between the braces of a block.
        int inside(Tree block) {
            return Math.max(0, last(block) - first(block) - 1);
        }
    }

    private static final class InMemory extends SimpleJavaFileObject {
        private final SourceFile file;

        InMemory(SourceFile file) {
            super(URI.create("memory:///" + file.path()), Kind.SOURCE);
            this.file = file;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return file.text();
        }
    }
}
