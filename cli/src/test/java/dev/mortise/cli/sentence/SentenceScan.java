package dev.mortise.cli.sentence;

import static java.util.Objects.requireNonNull;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.mortise.cli.sentence.Scope.Call;
import dev.mortise.cli.sentence.Sources.Member;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/// Follows what reaches `new Problem(…)`, and what an import tells, backwards to where it is
/// written: through parameters, variables, constants, methods that return text, conditions, sums
/// and `formatted`.
///
/// sources -> scopes and calls -> parameters that carry sentences -> sentences, and phrases in them
final class SentenceScan {
    /// A template and where it was found first.
    ///
    /// @param phrase whether it only fills a hole of a sentence
    record Found(String english, String module, String place, boolean phrase) {}

    private record Demand(ExpressionTree tree, Scope scope, boolean phrase) {}

    private record Sink(Member member, int index, boolean phrase) {}

    private static final String PROBLEM = "dev.mortise.spi.problem.Problem";
    private static final String FINDING = "dev.mortise.api.draft.call.Finding";
    private static final String CHANGE = "dev.mortise.api.draft.Change";

    private final Sources sources;
    private final Names names;
    private final Map<Member, Scope> scopes = new HashMap<>();
    private final Map<Sources.Type, Scope> fields = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final Map<Member, List<Call>> callers = new HashMap<>();
    private final Map<String, List<Call>> strays = new HashMap<>();
    private final Deque<Demand> demands = new ArrayDeque<>();
    private final Set<Sink> sinks = new HashSet<>();
    private final Map<ExpressionTree, Boolean> seen = new HashMap<>();
    private final Map<String, Found> found = new TreeMap<>();
    private final Set<String> unseen = new TreeSet<>();

    private SentenceScan(Sources sources) {
        this.sources = sources;
        this.names = new Names(sources);
    }

    static SentenceScan of(Path root) {
        SentenceScan scan = new SentenceScan(Sources.read(root));
        scan.index();
        scan.follow();
        return scan;
    }

    Map<String, Found> found() {
        return found;
    }

    /// Places whose sentence cannot be told from the sources, with what stands there.
    Set<String> unseen() {
        return unseen;
    }

    private void index() {
        for (Sources.Type type : sources.types()) {
            Scope own = new Scope(type, null, new HashMap<>());
            fields.put(type, own);
            for (VariableTree field : type.fields().values()) {
                Scope.of(type, null, field, calls);
            }
            for (Tree block : type.tree().getMembers()) {
                if (block instanceof BlockTree) {
                    Scope.of(type, null, block, calls);
                }
            }
            for (Member member : sources.members(type)) {
                if (member.tree() != null) {
                    scopes.put(member, Scope.of(type, member, member.tree(), calls));
                }
            }
        }
        calls.forEach(this::link);
    }

    private void link(Call call) {
        int arguments = call.arguments().size();
        String name = Names.name(call.tree());
        List<Member> targets = names.targets(call.tree(), call.scope());
        if (targets.isEmpty() && names.isStray(call)) {
            strays.computeIfAbsent(name + "/" + arguments, _ -> new ArrayList<>()).add(call);
        }
        for (Member target : targets) {
            callers.computeIfAbsent(target, _ -> new ArrayList<>()).add(call);
        }
    }

    private void follow() {
        told(PROBLEM, 4, 1, 3);
        told(FINDING, 4, 2, 3);
        told(CHANGE, 5, 4);
        while (!demands.isEmpty()) {
            Demand next = demands.pop();
            if (seen.putIfAbsent(next.tree(), next.phrase()) == null) {
                follow(next);
            }
        }
    }

    /// What is made of sentences: a record with so many components, and which of them are some.
    private void told(String type, int components, int... sentences) {
        Member made = sources.find(sources.demand(type), "<init>", components).getFirst();
        for (int index : sentences) {
            sink(new Sink(made, index, false));
        }
    }

    private void sink(Sink sink) {
        VariableTree variable = sink.member().params().get(sink.index());
        String type = variable.getType() == null ? "" : variable.getType().toString();
        boolean text = type.endsWith("String") || type.startsWith("Supplier");
        if (!text || !sinks.add(sink)) {
            return;
        }
        Member member = sink.member();
        for (Call call : callers.getOrDefault(member, List.of())) {
            demand(call.arguments().get(sink.index()), call.scope(), sink.phrase());
        }
        if (!sink.phrase() && isReachedBlindly(member)) {
            String key = member.name() + "/" + member.params().size();
            for (Call call : strays.getOrDefault(key, List.of())) {
                demand(call.arguments().get(sink.index()), call.scope(), false);
            }
        }
    }

    /// Whether a call may mean it through a receiver whose type nobody can tell.
    private static boolean isReachedBlindly(Member member) {
        return member.tree() == null
                || member.tree().getModifiers().getFlags().stream()
                        .noneMatch(flag -> flag == Modifier.STATIC || flag == Modifier.PRIVATE);
    }

    private void demand(ExpressionTree tree, Scope scope, boolean phrase) {
        demands.add(new Demand(tree, scope, phrase));
    }

    private void follow(Demand demand) {
        Scope scope = demand.scope();
        boolean phrase = demand.phrase();
        switch (demand.tree()) {
            case ParenthesizedTree inner -> demand(inner.getExpression(), scope, phrase);
            case ConditionalExpressionTree either -> {
                demand(either.getTrueExpression(), scope, phrase);
                demand(either.getFalseExpression(), scope, phrase);
            }
            case SwitchExpressionTree arms ->
                    Shapes.results(arms).forEach(arm -> demand(arm, scope, phrase));
            case IdentifierTree name -> name(name.getName().toString(), demand);
            case MemberSelectTree select -> select(select, demand);
            case MethodInvocationTree call when !Names.name(call).equals("formatted") ->
                    call(call, demand);
            case LiteralTree _, BinaryTree _, MethodInvocationTree _ -> record(demand);
            case NewClassTree _ -> {}
            default -> unseen(demand);
        }
    }

    /// Whether a value of a type may be a sentence; a type nobody wrote may be any.
    private static boolean isText(@Nullable String type) {
        return type == null
                || type.equals("var")
                || type.endsWith("String")
                || type.endsWith("String>");
    }

    private void name(String name, Demand demand) {
        Scope scope = demand.scope();
        int parameter = scope.parameter(name);
        Member method = scope.method();
        if (method != null && parameter >= 0) {
            sink(new Sink(method, parameter, demand.phrase()));
        }
        List<Scope.Local> locals = scope.locals().getOrDefault(name, List.of());
        for (Scope.Local local : locals) {
            if (local.value() != null && isText(local.type())) {
                demand(local.value(), scope, demand.phrase());
            }
        }
        if (parameter < 0 && locals.isEmpty()) {
            for (Sources.Type around = scope.type(); around != null; around = around.outer()) {
                if (around.fields().containsKey(name)) {
                    field(around, name, demand);
                    return;
                }
            }
            unseen(demand);
        } else if (parameter < 0
                && locals.stream().allMatch(l -> l.value() == null && isText(l.type()))) {
            unseen(demand);
        }
    }

    private void field(Sources.Type type, String name, Demand demand) {
        VariableTree field = type.fields().get(name);
        if (field != null && !isText(String.valueOf(field.getType()))) {
            return;
        }
        if (field != null && field.getInitializer() != null) {
            demand(field.getInitializer(), requireNonNull(fields.get(type)), demand.phrase());
            return;
        }
        Member made = names.constructor(type, name);
        if (made != null) {
            sink(new Sink(made, Names.index(made, name), demand.phrase()));
            return;
        }
        unseen(demand);
    }

    private void select(MemberSelectTree select, Demand demand) {
        Sources.Type type = names.typeOf(select.getExpression(), demand.scope());
        if (type == null || !type.fields().containsKey(select.getIdentifier().toString())) {
            unseen(demand);
            return;
        }
        field(type, select.getIdentifier().toString(), demand);
    }

    private void call(MethodInvocationTree call, Demand demand) {
        Scope scope = demand.scope();
        String name = Names.name(call);
        if (Set.of("hide", "apply", "requireNonNull", "requireNonNullElse").contains(name)) {
            call.getArguments().forEach(value -> demand(value, scope, demand.phrase()));
            return;
        }
        if (Set.of("orElse", "orElseGet", "strip", "replace", "map").contains(name)
                && call.getMethodSelect() instanceof MemberSelectTree select) {
            if (!name.equals("map")) {
                demand(select.getExpression(), scope, demand.phrase());
            }
            call.getArguments().stream()
                    .flatMap(SentenceScan::lambda)
                    .forEach(value -> demand(value, scope, demand.phrase()));
            return;
        }
        Member component = names.component(call, scope);
        List<Member> targets = names.targets(call, scope);
        if (component != null) {
            sink(new Sink(component, Names.index(component, name), demand.phrase()));
        }
        for (Member target : targets) {
            if (target.tree() != null && isText(String.valueOf(target.tree().getReturnType()))) {
                for (ExpressionTree value : Scope.returned(target.tree())) {
                    demand(value, requireNonNull(scopes.get(target)), demand.phrase());
                }
            }
        }
    }

    private static Stream<ExpressionTree> lambda(ExpressionTree tree) {
        if (tree instanceof LambdaExpressionTree lambda) {
            return lambda.getBody() instanceof ExpressionTree body
                    ? Stream.of(body)
                    : Scope.returned(lambda.getBody()).stream();
        }
        return Stream.of(tree);
    }

    private void record(Demand demand) {
        for (Shape shape : Shapes.of(demand.tree(), demand.scope())) {
            String english = Shapes.bare(shape.english());
            String place = place(demand);
            String module = demand.scope().type().module();
            found.merge(
                    english,
                    new Found(english, module, place, demand.phrase()),
                    (a, b) -> a.phrase() ? b : a);
            shape.open().forEach(filling -> demand(filling, demand.scope(), true));
            if (english.equals("%s") && demand.tree() instanceof MethodInvocationTree format) {
                format.getArguments().forEach(value -> demand(value, demand.scope(), true));
            }
        }
    }

    private void unseen(Demand demand) {
        if (!demand.phrase()) {
            unseen.add(place(demand) + " " + demand.tree());
        }
    }

    private static String place(Demand demand) {
        Scope scope = demand.scope();
        String method = scope.method() == null ? "" : "#" + scope.method().name();
        return scope.type().name() + method;
    }
}
