package dev.mortise.cli.house;

import java.util.List;

/// A text file of the repository, named by its path below the root with `/` between the folders.
record SourceFile(String path, String text) {
    boolean isJava() {
        return path.endsWith(".java");
    }

    boolean isTest() {
        return path.contains("/src/test/");
    }

    boolean isContract() {
        return path.contains("/testkit/contract/") && name().endsWith("Contract.java");
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    String folder() {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /// The module, which is the first folder of the path.
    String module() {
        return path.substring(0, Math.max(0, path.indexOf('/')));
    }

    /// The folders below `dev/mortise`: `[engine, operator]` for an operator. Empty elsewhere.
    List<String> rooms() {
        String root = "/java/dev/mortise/";
        int start = path.indexOf(root);
        if (start < 0) {
            return List.of();
        }
        List<String> parts = List.of(path.substring(start + root.length()).split("/"));
        return parts.subList(0, parts.size() - 1);
    }
}
