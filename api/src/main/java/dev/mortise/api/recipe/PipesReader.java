package dev.mortise.api.recipe;

import dev.mortise.api.recipe.PipeParser.Names;
import dev.mortise.api.recipe.Value.Shape;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads named values, each of which may speak of those before it.
record PipesReader(Map<String, Setting> settings, List<Problem> problems) {
    private static final Pipe UNREAD =
            new Pipe(new Pipe.Head.Text(new Template(List.of())), List.of());

    Map<String, Pipe> read(Map<String, Tree> trees) {
        Map<String, Pipe> pipes = new LinkedHashMap<>();
        trees.forEach(
                (name, tree) -> {
                    checkName(name, tree, settings, problems);
                    switch (tree) {
                        case Tree.Leaf leaf -> one(name, leaf, pipes);
                        case Tree.Items _, Tree.Entries _ ->
                                problem(
                                        tree,
                                        "'" + name + "' expects a pipe",
                                        "write it like 'body | sha256 | hex'");
                    }
                });
        return pipes;
    }

    /// A value that cannot be read keeps its name, so that those behind it are not blamed.
    private void one(String name, Tree.Leaf leaf, Map<String, Pipe> pipes) {
        String what = "'" + name + "'";
        Optional<Pipe> pipe =
                PipeParser.pipe(leaf.text(), leaf.place(), what, known(pipes), problems);
        pipe.ifPresent(read -> checkVerifiable(name, leaf, read));
        pipes.put(name, pipe.orElse(UNREAD));
    }

    private void checkVerifiable(String name, Tree.Leaf leaf, Pipe pipe) {
        if (pipe.hidesFresh()) {
            problem(
                    leaf,
                    "'" + name + "': 'now', 'random' and 'uuid' have to begin a value of their own",
                    "name that value, and speak of it by its name");
        }
        if (pipe.signature().isPresent() && !pipe.isVerifiable()) {
            problem(
                    leaf,
                    "'" + name + "': only encodings can be undone behind a signature",
                    "keep hex, HEX, base64, base64url or urlencode behind it");
        }
    }

    /// What a pipe behind these may speak of.
    Names known(Map<String, Pipe> pipes) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        pipes.forEach((name, pipe) -> shapes.put(name, pipe.shape()));
        return new Names(shapes, settings);
    }

    static void checkName(
            String name, Tree tree, Map<String, Setting> taken, List<Problem> problems) {
        if (Sources.byName().containsKey(name) || taken.containsKey(name)) {
            problems.add(
                    new Problem(
                            ProblemCode.NAME_TAKEN,
                            "the name '" + name + "' has a meaning already",
                            tree.place().toString(),
                            "choose another name"));
        }
    }

    void problem(Tree tree, String message, String fix) {
        problems.add(new Problem(ProblemCode.VALUE_INVALID, message, tree.place().toString(), fix));
    }
}
