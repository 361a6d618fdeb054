package dev.mortise.cli.sentence;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What sentences an expression can be: one for each way through its conditions.
final class Shapes {
    private static final int SHAPES_MAX = 24;

    private Shapes() {}

    /// Without what joins it to other sentences, for those are told one by one; a format that is
    /// filled elsewhere is as good as one that is filled where it stands.
    static String bare(String english) {
        return english.replaceAll("%%[sd]", "%s")
                .replaceAll("^(?:%s(?=[A-Za-z])|[:;] )|(?<=[a-z])%s$|[:;] $", "")
                .strip();
    }

    static List<Shape> of(ExpressionTree tree, Scope scope) {
        return switch (tree) {
            case LiteralTree literal -> List.of(Shape.text(String.valueOf(literal.getValue())));
            case ParenthesizedTree inner -> of(inner.getExpression(), scope);
            case ConditionalExpressionTree either ->
                    joined(
                            of(either.getTrueExpression(), scope),
                            of(either.getFalseExpression(), scope));
            case SwitchExpressionTree arms ->
                    results(arms).stream()
                            .map(arm -> of(arm, scope))
                            .reduce(List.of(), Shapes::joined);
            case BinaryTree sum when isNumber(sum) -> List.of(Shape.hole(null));
            case BinaryTree sum when sum.getKind() == Tree.Kind.PLUS -> {
                List<Shape> all = new ArrayList<>();
                for (Shape left : of(sum.getLeftOperand(), scope)) {
                    for (Shape right : of(sum.getRightOperand(), scope)) {
                        all.add(left.then(right));
                    }
                }
                yield all.size() > SHAPES_MAX ? List.of(Shape.hole(null)) : all;
            }
            case MethodInvocationTree call when Names.name(call).equals("formatted") -> {
                var select = (MemberSelectTree) call.getMethodSelect();
                yield of(select.getExpression(), scope).stream()
                        .map(shape -> shape.formatted(call.getArguments()))
                        .toList();
            }
            case IdentifierTree name -> {
                ExpressionTree constant = constant(name.getName().toString(), scope.type());
                yield constant == null ? List.of(Shape.hole(tree)) : of(constant, scope);
            }
            default -> List.of(Shape.hole(tree));
        };
    }

    /// A sum such as `index + 1`.
    private static boolean isNumber(BinaryTree sum) {
        ExpressionTree left = sum.getLeftOperand();
        boolean text =
                left.getKind() == Tree.Kind.PLUS || left.getKind() == Tree.Kind.STRING_LITERAL;
        return !text && sum.getRightOperand().getKind() == Tree.Kind.INT_LITERAL;
    }

    private static List<Shape> joined(List<Shape> a, List<Shape> b) {
        return Stream.concat(a.stream(), b.stream()).toList();
    }

    /// What stands behind a name of a constant text, in upper case as ours are.
    private static @Nullable ExpressionTree constant(String name, Sources.Type type) {
        for (Sources.Type around = type; around != null; around = around.outer()) {
            VariableTree field = around.fields().get(name);
            if (field != null) {
                boolean text = "String".equals(String.valueOf(field.getType()));
                boolean constant = name.equals(name.toUpperCase(Locale.ROOT));
                return text && constant ? field.getInitializer() : null;
            }
        }
        return null;
    }

    /// What the arms of a switch give.
    static List<ExpressionTree> results(SwitchExpressionTree arms) {
        List<ExpressionTree> found = new ArrayList<>();
        for (CaseTree arm : arms.getCases()) {
            if (arm.getBody() instanceof ExpressionTree value) {
                found.add(value);
                continue;
            }
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitYield(YieldTree tree, Void nothing) {
                    found.add(tree.getValue());
                    return super.visitYield(tree, null);
                }
            }.scan(arm, null);
        }
        return found;
    }
}
