package dev.mortise.cli.house;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Walks one parsed file and notes what breaks a rule about methods, names, calls or imports.
///
/// The nesting of a statement is the number of loops, branches, `try` blocks and block lambdas
/// around it within its method; an `else if` stands beside its `if`, not inside it.
final class SyntaxScanner extends TreeScanner<@Nullable Void, Integer> {
    static final int METHOD_LINES_MAX = 50;
    static final int NESTING_MAX = 3;
    static final int PARAMETERS_MAX = 6;
    static final int CONSTRUCTOR_PARAMETERS_MAX = 7;

    private static final Pattern BANNED_ENDING =
            Pattern.compile(
                    ".*(Utils?|Helper|Manager|Impl|Base|Common|Misc|Controller|Service|Repository"
                            + "|Dto)");
    private static final Pattern TEST_WORD = Pattern.compile("(test|should)[A-Z_].*");

    private final SourceFile file;
    private final SyntaxRules.Lines lines;
    private final List<Finding> findings;
    private boolean inRecord;
    private String method = "";

    SyntaxScanner(SourceFile file, SyntaxRules.Lines lines, List<Finding> findings) {
        this.file = file;
        this.lines = lines;
        this.findings = findings;
    }

    @Override
    public @Nullable Void visitImport(ImportTree tree, Integer depth) {
        if (tree.isModule() || tree.getQualifiedIdentifier().toString().endsWith(".*")) {
            add("wildcard-import", tree, "imports a whole package; name each type");
        }
        return null;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, Integer depth) {
        String name = tree.getSimpleName().toString();
        Matcher banned = BANNED_ENDING.matcher(name);
        if (banned.matches()) {
            add(
                    "ending",
                    tree,
                    "'%s' ends in '%s'; say what it is".formatted(name, banned.group(1)));
        }
        if (!file.isTest() && isOperator(tree) && !file.path().contains("/engine/operator/")) {
            add(
                    "formula",
                    tree,
                    "operator '%s' lives in 'engine/operator'; move it".formatted(name));
        }
        boolean outerRecord = inRecord;
        String outerMethod = method;
        inRecord = tree.getKind() == Tree.Kind.RECORD;
        super.visitClass(tree, 0);
        inRecord = outerRecord;
        method = outerMethod;
        return null;
    }

    private boolean isOperator(ClassTree tree) {
        return file.module().equals("engine")
                && tree.getImplementsClause().stream()
                        .anyMatch(role -> role.toString().endsWith("Operator"));
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, Integer depth) {
        boolean constructor = tree.getReturnType() == null;
        method = constructor ? "constructor" : tree.getName().toString();
        BlockTree body = tree.getBody();
        if (body != null && lines.inside(body) > METHOD_LINES_MAX) {
            add(
                    "method-length",
                    tree,
                    "method '%s' is %d lines, limit %d; split it"
                            .formatted(method, lines.inside(body), METHOD_LINES_MAX));
        }
        int parameters = tree.getParameters().size();
        int limit = constructor ? CONSTRUCTOR_PARAMETERS_MAX : PARAMETERS_MAX;
        // A record is what the way out of too many parameters leads to.
        if (parameters > limit && !(constructor && inRecord)) {
            add(
                    "parameters",
                    tree,
                    "'%s' takes %d values, limit %d; make a record of them"
                            .formatted(method, parameters, limit));
        }
        if (file.isTest() && TEST_WORD.matcher(method).matches()) {
            add("test-name", tree, "'%s'; name the test by a sentence".formatted(method));
        }
        return super.visitMethod(tree, 0);
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree tree, Integer depth) {
        String text = tree.toString();
        if (text.equals("System.out")) {
            add("system-out", tree, "'System.out'; log it, or write to the stream handed in");
        }
        if (text.equals("Thread.sleep") && !file.module().equals("testkit")) {
            add("sleep", tree, "'Thread.sleep'; wait for what you wait for, with a deadline");
        }
        if (tree.getIdentifier().contentEquals("printStackTrace")) {
            add("print-stack-trace", tree, "'printStackTrace'; log it where it is handled");
        }
        return super.visitMemberSelect(tree, depth);
    }

    @Override
    public @Nullable Void visitIf(IfTree tree, Integer depth) {
        int inside = deeper(tree, depth);
        scan(tree.getCondition(), depth);
        scan(tree.getThenStatement(), inside);
        boolean chain = tree.getElseStatement() instanceof IfTree;
        scan(tree.getElseStatement(), chain ? depth : inside);
        return null;
    }

    @Override
    public @Nullable Void visitForLoop(ForLoopTree tree, Integer depth) {
        return super.visitForLoop(tree, deeper(tree, depth));
    }

    @Override
    public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree tree, Integer depth) {
        return super.visitEnhancedForLoop(tree, deeper(tree, depth));
    }

    @Override
    public @Nullable Void visitWhileLoop(WhileLoopTree tree, Integer depth) {
        return super.visitWhileLoop(tree, deeper(tree, depth));
    }

    @Override
    public @Nullable Void visitDoWhileLoop(DoWhileLoopTree tree, Integer depth) {
        return super.visitDoWhileLoop(tree, deeper(tree, depth));
    }

    @Override
    public @Nullable Void visitSwitch(SwitchTree tree, Integer depth) {
        return super.visitSwitch(tree, deeper(tree, depth));
    }

    @Override
    public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, Integer depth) {
        return super.visitSwitchExpression(tree, deeper(tree, depth));
    }

    @Override
    public @Nullable Void visitTry(TryTree tree, Integer depth) {
        return super.visitTry(tree, deeper(tree, depth));
    }

    @Override
    public @Nullable Void visitSynchronized(SynchronizedTree tree, Integer depth) {
        return super.visitSynchronized(tree, deeper(tree, depth));
    }

    @Override
    public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, Integer depth) {
        if (tree.getBodyKind() == LambdaExpressionTree.BodyKind.EXPRESSION) {
            return super.visitLambdaExpression(tree, depth);
        }
        return super.visitLambdaExpression(tree, deeper(tree, depth));
    }

    /// The depth inside a branching statement that itself stands at the given depth.
    private int deeper(Tree tree, int depth) {
        // Only the first level too many is noted; what lies deeper goes with it.
        if (depth == NESTING_MAX) {
            add(
                    "nesting",
                    tree,
                    "'%s' nests %d deep, limit %d; name the inner part as a method"
                            .formatted(method, depth + 1, NESTING_MAX));
        }
        return depth + 1;
    }

    private void add(String rule, Tree tree, String message) {
        findings.add(new Finding(rule, file.path(), lines.first(tree), message));
    }
}
