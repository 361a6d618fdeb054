package dev.mortise.cli.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Files that may break a rule, each with the reason: rule -> file -> reason. A waiver that no
/// finding needs any more is itself a finding, so the list only shrinks.
record Waivers(Map<String, Map<String, String>> reasons) {
    private static final String SYSTEMS = "connectors/src/main/java/dev/mortise/connectors/";
    private static final String FLAT = "one flat package a system, so that it is found by formula";

    static final Waivers OURS =
            new Waivers(
                    Map.of(
                            "formula",
                            Map.of(
                                    "api/src/main/java/dev/mortise/api/answer/Contract.java",
                                    "what a vendor's answers mean; no contract of tests"),
                            "package-files",
                            Map.of(
                                    SYSTEMS + "file/Charsets.java",
                                    FLAT,
                                    SYSTEMS + "mysql/CellReader.java",
                                    FLAT,
                                    SYSTEMS + "postgres/Bounds.java",
                                    FLAT)));

    /// What is left of the findings, and a finding for each waiver that met none.
    List<Finding> apply(List<Finding> findings) {
        List<Finding> left = new ArrayList<>();
        findings.stream().filter(f -> !covers(f.rule(), f.file())).forEach(left::add);
        reasons.forEach(
                (rule, files) ->
                        files.forEach(
                                (file, reason) -> {
                                    if (reason.isBlank() || !meets(findings, rule, file)) {
                                        left.add(unneeded(rule, file));
                                    }
                                }));
        return left;
    }

    private boolean covers(String rule, String file) {
        return reasons.getOrDefault(rule, Map.of()).containsKey(file);
    }

    private static boolean meets(List<Finding> findings, String rule, String file) {
        return findings.stream().anyMatch(f -> f.rule().equals(rule) && f.file().equals(file));
    }

    private static Finding unneeded(String rule, String file) {
        String message = "the waiver of '%s' has no use or no reason; remove it from Waivers";
        return new Finding("waiver", file, 1, message.formatted(rule));
    }
}
