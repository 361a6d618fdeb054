package dev.mortise.cli.sentence;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a piece of code sees: the type it stands in, its method, and the variables of that method.
record Scope(Sources.Type type, Sources.@Nullable Member method, Map<String, List<Local>> locals) {
    /// A variable of a method, with what it is given anywhere in it.
    record Local(@Nullable String type, @Nullable ExpressionTree value) {}

    /// A call or a `new` somewhere, with what it sees.
    record Call(ExpressionTree tree, List<? extends ExpressionTree> arguments, Scope scope) {}

    /// The scope of a method or, where that is null, of a type's fields; gathers the calls in it.
    static Scope of(
            Sources.Type type, Sources.@Nullable Member method, Tree tree, List<Call> calls) {
        Scope scope = new Scope(type, method, new HashMap<>());
        new Gatherer(scope, calls).scan(tree, null);
        return scope;
    }

    int parameter(String name) {
        for (int i = 0; method != null && i < method.params().size(); i++) {
            if (method.params().get(i).getName().contentEquals(name)) {
                return i;
            }
        }
        return -1;
    }

    /// What a method returns, in its own words.
    static List<ExpressionTree> returned(Tree method) {
        List<ExpressionTree> found = new ArrayList<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitReturn(ReturnTree tree, Void nothing) {
                if (tree.getExpression() != null) {
                    found.add(tree.getExpression());
                }
                return super.visitReturn(tree, null);
            }

            @Override
            public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, Void nothing) {
                return null;
            }

            @Override
            public @Nullable Void visitClass(ClassTree tree, Void nothing) {
                return null;
            }
        }.scan(method, null);
        return found;
    }

    private static final class Gatherer extends TreeScanner<Void, Void> {
        private final Scope scope;
        private final List<Call> calls;

        Gatherer(Scope scope, List<Call> calls) {
            this.scope = scope;
            this.calls = calls;
        }

        @Override
        public Void visitVariable(VariableTree tree, Void nothing) {
            Tree type = tree.getType();
            String written = type == null ? null : type.toString();
            if (tree.getInitializer() instanceof NewClassTree made
                    && (written == null || written.equals("var"))) {
                written = made.getIdentifier().toString();
            }
            add(tree.getName().toString(), new Local(written, tree.getInitializer()));
            return super.visitVariable(tree, null);
        }

        @Override
        public Void visitAssignment(AssignmentTree tree, Void nothing) {
            if (tree.getVariable() instanceof IdentifierTree name) {
                add(name.getName().toString(), new Local(null, tree.getExpression()));
            }
            return super.visitAssignment(tree, null);
        }

        private void add(String name, Local local) {
            scope.locals().computeIfAbsent(name, _ -> new ArrayList<>()).add(local);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree tree, Void nothing) {
            calls.add(new Call(tree, tree.getArguments(), scope));
            return super.visitMethodInvocation(tree, null);
        }

        @Override
        public Void visitNewClass(NewClassTree tree, Void nothing) {
            calls.add(new Call(tree, tree.getArguments(), scope));
            return super.visitNewClass(tree, null);
        }
    }
}
