package dev.mortise.cli.house;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Where a thing lives is a formula, so that a reader who knows the noun knows the path.
final class PlaceRules {
    static final int PACKAGE_FILES_MAX = 30;
    static final int PACKAGE_DEPTH_MAX = 2;

    private static final Set<String> KINDS =
            Set.of(
                    "base",
                    "common",
                    "controllers",
                    "dto",
                    "helpers",
                    "impl",
                    "misc",
                    "repositories",
                    "services",
                    "util",
                    "utils");

    private final List<Finding> findings = new ArrayList<>();

    private PlaceRules() {}

    static List<Finding> check(List<SourceFile> files) {
        PlaceRules rules = new PlaceRules();
        Map<String, List<SourceFile>> packages = new TreeMap<>();
        for (SourceFile file : files) {
            if (file.isJava()) {
                rules.checkJava(file);
                packages.computeIfAbsent(file.folder(), _ -> new ArrayList<>()).add(file);
            } else {
                rules.checkPage(file);
            }
        }
        packages.values().forEach(rules::checkPackage);
        return rules.findings;
    }

    private void checkJava(SourceFile file) {
        List<String> rooms = file.rooms();
        if (rooms.isEmpty() || !rooms.getFirst().equals(file.module())) {
            add(
                    "package-root",
                    file,
                    "expects a package below 'dev.mortise.%s'; move it".formatted(file.module()));
            return;
        }
        if (rooms.size() - 1 > PACKAGE_DEPTH_MAX) {
            add(
                    "package-depth",
                    file,
                    "%d packages below the module's root, limit %d; flatten it"
                            .formatted(rooms.size() - 1, PACKAGE_DEPTH_MAX));
        }
        if (new HashSet<>(rooms).size() < rooms.size()) {
            add("folder-twice", file, "a folder name stands twice below 'dev/mortise'; rename one");
        }
        rooms.stream()
                .filter(KINDS::contains)
                .forEach(
                        room ->
                                add(
                                        "package-kind",
                                        file,
                                        "'%s' is a kind; use a noun".formatted(room)));
        checkFormula(file, rooms);
    }

    private void checkFormula(SourceFile file, List<String> rooms) {
        if (rooms.getFirst().equals("connectors") && rooms.size() > 2) {
            add(
                    "formula",
                    file,
                    "a connector is one flat package; move it to '%s'".formatted(rooms.get(1)));
        }
        boolean contract = file.name().endsWith("Contract.java") && !file.isTest();
        if (contract && !file.isContract()) {
            add("formula", file, "a contract lives in 'testkit/contract'; move it");
        }
    }

    /// A page is `docs/<kind>s/<name>.md`, or stands at the root of the repository, a module or
    /// `examples`.
    private void checkPage(SourceFile file) {
        List<String> parts = List.of(file.path().split("/"));
        boolean page =
                !parts.getFirst().equals("docs")
                        || (parts.size() == 3 && parts.get(1).endsWith("s"));
        if (!page) {
            add("formula", file, "a page is 'docs/<kind>s/<name>.md'; move it");
        }
        boolean decision = file.folder().equals("docs/decisions");
        if (decision && !file.name().matches("\\d{4}-[a-z0-9-]+\\.md")) {
            add("formula", file, "a decision is 'NNNN-title.md'; rename it");
        }
    }

    private void checkPackage(List<SourceFile> files) {
        SourceFile first = files.getFirst();
        if (files.size() > PACKAGE_FILES_MAX) {
            add(
                    "package-files",
                    first,
                    "its package holds %d files, limit %d; split it by noun"
                            .formatted(files.size(), PACKAGE_FILES_MAX));
        }
        boolean described = files.stream().anyMatch(f -> f.name().equals("package-info.java"));
        if (!first.isTest() && !described) {
            add("package-info", first, "its package has no package-info.java; say what it is for");
        }
    }

    private void add(String rule, SourceFile file, String message) {
        findings.add(new Finding(rule, file.path(), 1, message));
    }
}
