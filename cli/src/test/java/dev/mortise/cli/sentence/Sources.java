package dev.mortise.cli.sentence;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// The main sources of all modules, parsed but not attributed: names are resolved here, by imports
/// and packages, as far as sentences need it.
final class Sources {
    static final List<String> MODULES =
            List.of("spi", "api", "engine", "connectors", "cli", "server");

    /// @param module the room it lies in
    /// @param imports simple names, and what they stand for
    record Type(
            String name,
            String module,
            CompilationUnitTree unit,
            ClassTree tree,
            @Nullable Type outer,
            Map<String, String> imports,
            Map<String, VariableTree> fields) {
        /// Each is itself: its fields are still being read when it is looked up.
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        String packageName() {
            return String.valueOf(unit.getPackageName());
        }
    }

    /// A method or a constructor; `index` of a parameter counts from 0.
    record Member(Type owner, @Nullable MethodTree tree, String name, List<VariableTree> params) {
        boolean isConstructor() {
            return name.equals("<init>");
        }
    }

    private final Map<String, Type> types = new LinkedHashMap<>();
    private final Map<Type, List<Member>> members = new LinkedHashMap<>();
    private final Map<String, List<Member>> byName = new HashMap<>();
    private final Map<Type, List<Type>> below = new HashMap<>();

    static Sources read(Path root) {
        Sources sources = new Sources();
        for (String module : MODULES) {
            sources.parse(module, javaFiles(root.resolve(module)));
        }
        sources.types.values().forEach(sources::relate);
        return sources;
    }

    private static List<Path> javaFiles(Path module) {
        Path main = Path.of("src", "main", "java");
        try (Stream<Path> files = Files.walk(module.resolve(main))) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading '" + module + "'", e);
        }
    }

    private void parse(String module, List<Path> files) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var disk = compiler.getStandardFileManager(null, null, null);
        var units = disk.getJavaFileObjectsFromPaths(files);
        var task =
                (JavacTask) compiler.getTask(null, disk, null, List.of("-proc:none"), null, units);
        try {
            for (CompilationUnitTree unit : task.parse()) {
                Map<String, String> imports = imports(unit);
                unit.getTypeDecls().stream()
                        .filter(ClassTree.class::isInstance)
                        .map(ClassTree.class::cast)
                        .forEach(type -> declare(module, unit, type, null, imports));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("parsing " + module, e);
        }
    }

    private static Map<String, String> imports(CompilationUnitTree unit) {
        Map<String, String> found = new HashMap<>();
        for (ImportTree line : unit.getImports()) {
            if (line.getQualifiedIdentifier() instanceof MemberSelectTree name) {
                found.put(name.getIdentifier().toString(), name.toString());
            }
        }
        return found;
    }

    private void declare(
            String module,
            CompilationUnitTree unit,
            ClassTree tree,
            @Nullable Type outer,
            Map<String, String> imports) {
        String simple = tree.getSimpleName().toString();
        String name = (outer == null ? unit.getPackageName() : outer.name()) + "." + simple;
        Type type = new Type(name, module, unit, tree, outer, imports, new LinkedHashMap<>());
        types.put(name, type);
        List<VariableTree> components = new ArrayList<>();
        for (Tree member : tree.getMembers()) {
            switch (member) {
                case VariableTree field -> {
                    type.fields().put(field.getName().toString(), field);
                    if (!field.getModifiers().getFlags().contains(Modifier.STATIC)) {
                        components.add(field);
                    }
                }
                case MethodTree method -> {
                    List<VariableTree> params = List.copyOf(method.getParameters());
                    String called = method.getName().toString();
                    put(new Member(type, method, called, params));
                }
                case ClassTree inner -> declare(module, unit, inner, type, imports);
                default -> {}
            }
        }
        if (tree.getKind() == Tree.Kind.RECORD && !declaresCanonical(type, components)) {
            put(new Member(type, null, "<init>", List.copyOf(components)));
        }
    }

    private boolean declaresCanonical(Type type, List<VariableTree> components) {
        return members.getOrDefault(type, List.of()).stream()
                .anyMatch(m -> m.isConstructor() && m.params().size() == components.size());
    }

    private void put(Member member) {
        members.computeIfAbsent(member.owner(), _ -> new ArrayList<>()).add(member);
        byName.computeIfAbsent(member.name() + "/" + member.params().size(), _ -> new ArrayList<>())
                .add(member);
    }

    private void relate(Type type) {
        List<Tree> above = new ArrayList<>(type.tree().getImplementsClause());
        if (type.tree().getExtendsClause() != null) {
            above.add(type.tree().getExtendsClause());
        }
        for (Tree name : above) {
            Type found = find(name.toString(), type);
            if (found != null) {
                below.computeIfAbsent(found, _ -> new ArrayList<>()).add(type);
            }
        }
    }

    Type demand(String name) {
        return Objects.requireNonNull(types.get(name), name);
    }

    Iterable<Type> types() {
        return types.values();
    }

    List<Member> members(Type type) {
        return members.getOrDefault(type, List.of());
    }

    /// Members by name and number of arguments, in whatever type: for receivers nobody knows.
    List<Member> named(String name, int arguments) {
        return byName.getOrDefault(name + "/" + arguments, List.of());
    }

    /// Members of a type, of those around it, of those it extends, and of those that extend it.
    List<Member> find(Type type, String name, int arguments) {
        List<Member> found = new ArrayList<>();
        collect(type, name, arguments, found);
        for (Type outer = type.outer(); found.isEmpty() && outer != null; outer = outer.outer()) {
            collect(outer, name, arguments, found);
        }
        return found;
    }

    private void collect(Type type, String name, int arguments, List<Member> found) {
        for (Member member : members(type)) {
            if (member.name().equals(name) && member.params().size() == arguments) {
                found.add(member);
            }
        }
        if (name.equals("<init>")) {
            return;
        }
        below.getOrDefault(type, List.of()).forEach(t -> collect(t, name, arguments, found));
    }

    /// The type a name means where it is used; null when it is none of ours.
    @Nullable Type find(String written, Type user) {
        String name = written.replaceAll("<.*>|@\\w+ ", "").strip();
        for (Type around = user; around != null; around = around.outer()) {
            if (around.tree().getSimpleName().contentEquals(name)) {
                return around;
            }
            Type nested = types.get(around.name() + "." + name);
            if (nested != null) {
                return nested;
            }
        }
        if (types.containsKey(name)) {
            return types.get(name);
        }
        int dot = name.indexOf('.');
        String head = dot < 0 ? name : name.substring(0, dot);
        String tail = dot < 0 ? "" : name.substring(dot);
        String imported = user.imports().get(head);
        Type found = imported == null ? null : types.get(imported + tail);
        return found != null ? found : types.get(user.packageName() + "." + name);
    }
}
