package dev.mortise.cli.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.connect.ConnectorFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Holds the whole repository to the numbers and places it has agreed on, and shows that each rule
/// finds what it looks for. A finding names the file, the line, the limit and the way out; what has
/// to stay as it is gets a line with its reason in [Waivers].
final class TidyTest {
    private static final int OPTIONS_MAX = 15;
    private static final String PLACE = "engine/src/main/java/dev/mortise/engine/plan/Plan.java";

    @Test
    void keepsTheHouseTidy() {
        Path root = SourceTree.root();
        List<SourceFile> files = SourceTree.read(root);
        assertTrue(files.size() > 10, "the sources were not found below '" + root + "'");

        List<Finding> left = Waivers.OURS.apply(check(root, files));

        assertTrue(left.isEmpty(), () -> report(left));
    }

    @Test
    void keepsConnectorsSmallAndInTheirPlace() {
        for (ConnectorFactory factory : ServiceLoader.load(ConnectorFactory.class)) {
            String type = factory.type();
            int options = factory.options().size();
            assertTrue(
                    options <= OPTIONS_MAX,
                    () -> type + ": " + options + " options, limit 15; settle some of them");
            String home = factory.getClass().getPackageName();
            assertTrue(
                    home.equals("dev.mortise.connectors." + type)
                            || home.equals("dev.mortise.connectors.jdbc"),
                    () -> "connector '" + type + "' lives in 'connectors." + type + "'; move it");
        }
    }

    @Test
    void explainsEveryDependency() throws IOException {
        Path root = SourceTree.root();
        String pom = Files.readString(root.resolve("pom.xml"));
        String page = Files.readString(root.resolve("docs/decisions/0006-dependencies.md"));
        String managed = pom.substring(0, pom.indexOf("</dependencyManagement>"));
        Set<String> used =
                found("<groupId>([a-z][^<]*)</groupId>\\s*<artifactId>([a-z][^<]*)<", managed);
        used.removeIf(name -> name.startsWith("dev.mortise:"));
        used.removeAll(found("\\| `([^`:]+):([^`]+)` \\|", page));
        assertEquals(
                Set.of(), used, "no line in docs/decisions/0006-dependencies.md; add one each");
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(hit -> hit.group(1) + ":" + hit.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void findsALongMethod() {
        String body = "    int i;\n".repeat(51);
        assertEquals(List.of("method-length"), rules("class Plan { void run() {\n" + body + "} }"));
        assertEquals(
                List.of(),
                rules("class Plan { void run() {\n" + body.substring(11) + "} }"),
                "a method of exactly 50 lines is in order");
    }

    @Test
    void findsDeepNesting() {
        String three = "for (;;) { if (x) { while (y) { %s } } }";
        assertEquals(List.of(), rules(method(three.formatted("run();"))));
        assertEquals(List.of("nesting"), rules(method(three.formatted("if (z) { run(); }"))));
        assertEquals(List.of("nesting"), rules(method(three.formatted("r = () -> { run(); };"))));
    }

    @Test
    void countsAnElseIfBesideItsIf() {
        String chain = "if (a) { } else if (b) { } else if (c) { } else if (d) { } else { }";
        assertEquals(List.of(), rules(method(chain)));
    }

    @Test
    void findsTooManyParameters() {
        String seven = "int a, int b, int c, int d, int e, int f, int g";
        assertEquals(List.of("parameters"), rules("class Plan { void run(" + seven + ") {} }"));
        assertEquals(List.of(), rules("class Plan { Plan(" + seven + ") {} }"));
        assertEquals(List.of("parameters"), rules("class Plan { Plan(" + seven + ", int h) {} }"));
        assertEquals(List.of(), rules("record Plan(" + seven + ", int h) {}"));
    }

    @Test
    void findsBannedNamesAndCalls() {
        assertEquals(List.of("ending"), rules("class PlanHelper {}"));
        assertEquals(List.of(), rules("class Database {}"));
        assertEquals(List.of("wildcard-import"), rules("import java.util.*; class Plan {}"));
        assertEquals(List.of("system-out"), rules(method("System.out.println(1);")));
        assertEquals(List.of("sleep"), rules(method("Thread.sleep(1);")));
        assertEquals(List.of("print-stack-trace"), rules(method("e.printStackTrace();")));
        assertEquals(List.of("unfinished"), rules("// TO" + "DO later\nclass Plan {}"));
        assertEquals(List.of(), rules("// TO" + "DO(#12) later\nclass Plan {}"));
    }

    @Test
    void findsLongLinesAndFiles() {
        assertEquals(List.of("columns"), rules("// " + "x".repeat(98) + "\nclass Plan {}"));
        assertEquals(List.of("file-length"), rules("class Plan {}\n" + "\n".repeat(400)));
    }

    @Test
    void findsThingsInTheWrongPlace() {
        String java = "/src/main/java/dev/mortise/";
        assertEquals(List.of("formula"), rules("class Sum implements Operator {}"));
        assertEquals(List.of("folder-twice"), places("engine" + java + "engine/plan/plan/A.java"));
        assertEquals(List.of("package-kind"), places("engine" + java + "engine/util/A.java"));
        assertEquals(List.of("package-root"), places("engine" + java + "spi/type/A.java"));
        assertEquals(List.of("formula"), places("connectors" + java + "connectors/my/sql/A.java"));
        assertEquals(List.of("formula"), places("testkit" + java + "testkit/fake/AContract.java"));
        assertEquals(List.of("formula"), places("docs/notes.md"));
        assertEquals(List.of("formula"), places("docs/decisions/java.md"));
        assertEquals(List.of(), places("docs/decisions/0001-java-25.md"));
    }

    @Test
    void findsDeadLinks() {
        Path root = SourceTree.root();
        var page = new SourceFile("README.md", "[a](mvnw) [b](https://x.y) [c](#d)\n[e](gone.md)");
        List<Finding> found = TextRules.check(root, List.of(page));
        assertEquals(
                List.of("README.md:2: no file 'gone.md'; mend or drop the link [dead-link]"),
                found.stream().map(Finding::toString).toList());
    }

    @Test
    void refusesAWaiverNobodyNeeds() {
        var needed = new Finding("sleep", "A.java", 3, "");
        var waivers = new Waivers(Map.of("sleep", Map.of("A.java", "why", "B.java", "why")));
        assertEquals(
                List.of("waiver B.java"),
                waivers.apply(List.of(needed)).stream()
                        .map(f -> f.rule() + " " + f.file())
                        .toList());
    }

    private static List<Finding> check(Path root, List<SourceFile> files) {
        List<Finding> findings = new ArrayList<>(TextRules.check(root, files));
        findings.addAll(PlaceRules.check(files));
        findings.addAll(SyntaxRules.check(files));
        findings.sort(Comparator.comparing(Finding::file).thenComparing(Finding::line));
        return findings;
    }

    private static String report(List<Finding> findings) {
        return findings.stream()
                .map(Finding::toString)
                .collect(Collectors.joining("\n", findings.size() + " finding(s):\n", "\n"));
    }

    private static String method(String body) {
        return "class Plan { void run() { " + body + " } }";
    }

    private static List<String> rules(String text) {
        var info = new SourceFile(PLACE.replace("Plan", "package-info"), "package p;");
        return check(SourceTree.root(), List.of(new SourceFile(PLACE, text), info)).stream()
                .map(Finding::rule)
                .toList();
    }

    private static List<String> places(String path) {
        return PlaceRules.check(List.of(new SourceFile(path, ""))).stream()
                .map(Finding::rule)
                .filter(rule -> !rule.equals("package-info"))
                .toList();
    }
}
