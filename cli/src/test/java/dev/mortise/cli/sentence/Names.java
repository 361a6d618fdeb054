package dev.mortise.cli.sentence;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.mortise.cli.sentence.Scope.Call;
import dev.mortise.cli.sentence.Sources.Member;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells which method, constructor or type of ours is meant where a name is used.
record Names(Sources sources) {
    /// Whether nobody can tell whose method it is: it may be one of ours.
    boolean isStray(Call call) {
        if (!(call.tree() instanceof MethodInvocationTree method)
                || !(method.getMethodSelect() instanceof MemberSelectTree select)) {
            return false;
        }
        return switch (select.getExpression()) {
            case IdentifierTree name -> {
                String text = name.getName().toString();
                List<Scope.Local> locals = call.scope().locals().getOrDefault(text, List.of());
                boolean typed =
                        locals.stream().anyMatch(l -> l.type() != null && !l.type().equals("var"));
                boolean variable = Character.isLowerCase(text.charAt(0));
                yield !typed && variable && !isField(text, call.scope());
            }
            case MethodInvocationTree _ -> true;
            default -> false;
        };
    }

    private static boolean isField(String name, Scope scope) {
        for (Sources.Type around = scope.type(); around != null; around = around.outer()) {
            if (around.fields().containsKey(name)) {
                return true;
            }
        }
        return false;
    }

    static String name(ExpressionTree call) {
        return switch (call) {
            case MethodInvocationTree method ->
                    switch (method.getMethodSelect()) {
                        case MemberSelectTree select -> select.getIdentifier().toString();
                        case IdentifierTree identifier -> identifier.getName().toString();
                        default -> "";
                    };
            default -> "<init>";
        };
    }

    List<Member> targets(ExpressionTree call, Scope scope) {
        return switch (call) {
            case NewClassTree made -> {
                Sources.Type type = sources.find(made.getIdentifier().toString(), scope.type());
                int count = made.getArguments().size();
                yield type == null ? List.of() : sources.find(type, "<init>", count);
            }
            case MethodInvocationTree method -> {
                String name = name(method);
                int count = method.getArguments().size();
                if (method.getMethodSelect() instanceof MemberSelectTree select) {
                    Sources.Type type = typeOf(select.getExpression(), scope);
                    yield type == null ? List.of() : sources.find(type, name, count);
                }
                yield unqualified(name, count, scope);
            }
            default -> List.of();
        };
    }

    private List<Member> unqualified(String name, int count, Scope scope) {
        if (name.equals("this")) {
            return sources.find(scope.type(), "<init>", count);
        }
        if (name.equals("super")) {
            Tree above = scope.type().tree().getExtendsClause();
            Sources.Type type = above == null ? null : sources.find(above.toString(), scope.type());
            return type == null ? List.of() : sources.find(type, "<init>", count);
        }
        List<Member> own = sources.find(scope.type(), name, count);
        String imported = scope.type().imports().get(name);
        if (!own.isEmpty() || imported == null) {
            return own;
        }
        String home = imported.substring(0, imported.lastIndexOf('.'));
        Sources.Type type = sources.find(home, scope.type());
        return type == null ? List.of() : sources.find(type, name, count);
    }

    /// The type of a receiver, when it is one of ours and can be told.
    Sources.@Nullable Type typeOf(ExpressionTree tree, Scope scope) {
        return switch (tree) {
            case ParenthesizedTree inner -> typeOf(inner.getExpression(), scope);
            case NewClassTree made -> sources.find(made.getIdentifier().toString(), scope.type());
            case IdentifierTree name -> typeOfName(name.getName().toString(), scope);
            case MemberSelectTree select -> {
                Sources.Type direct = sources.find(select.toString(), scope.type());
                Sources.Type owner = direct == null ? typeOf(select.getExpression(), scope) : null;
                VariableTree field =
                        owner == null ? null : owner.fields().get(select.getIdentifier() + "");
                yield field == null || owner == null ? direct : declared(field, owner);
            }
            case MethodInvocationTree call -> {
                for (Member member : targets(call, scope)) {
                    if (member.tree() != null && member.tree().getReturnType() != null) {
                        yield sources.find(
                                member.tree().getReturnType().toString(), member.owner());
                    }
                }
                Member component = component(call, scope);
                yield component == null
                        ? null
                        : declared(component.owner().fields().get(name(call)), component.owner());
            }
            default -> null;
        };
    }

    private Sources.@Nullable Type declared(@Nullable VariableTree variable, Sources.Type owner) {
        if (variable == null) {
            return null;
        }
        if (variable.getType() == null) {
            return owner;
        }
        return sources.find(variable.getType().toString(), owner);
    }

    private Sources.@Nullable Type typeOfName(String name, Scope scope) {
        if (name.equals("this")) {
            return scope.type();
        }
        for (Scope.Local local : scope.locals().getOrDefault(name, List.of())) {
            if (local.type() != null && !local.type().equals("var")) {
                return sources.find(local.type(), scope.type());
            }
            if (local.value() != null && local.type() != null) {
                return typeOf(local.value(), scope);
            }
        }
        for (Sources.Type around = scope.type(); around != null; around = around.outer()) {
            if (around.fields().containsKey(name)) {
                return declared(around.fields().get(name), around);
            }
        }
        return sources.find(name, scope.type());
    }

    /// The constructor of the record whose component a call reads; null when it reads none.
    @Nullable Member component(MethodInvocationTree call, Scope scope) {
        if (!call.getArguments().isEmpty()) {
            return null;
        }
        Sources.Type type =
                call.getMethodSelect() instanceof MemberSelectTree select
                        ? typeOf(select.getExpression(), scope)
                        : scope.type();
        return type == null ? null : constructor(type, name(call));
    }

    @Nullable Member constructor(Sources.Type type, String field) {
        for (Member member : sources.members(type)) {
            if (member.isConstructor() && index(member, field) >= 0) {
                return member;
            }
        }
        return null;
    }

    static int index(Member member, String name) {
        for (int i = 0; i < member.params().size(); i++) {
            if (member.params().get(i).getName().contentEquals(name)) {
                return i;
            }
        }
        return -1;
    }
}
