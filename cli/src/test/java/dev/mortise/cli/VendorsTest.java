package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.Simulator;
import dev.mortise.testkit.vendor.Vendor;
import dev.mortise.testkit.vendor.Vendors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The examples of vendors, run as a user does against a vendor that is played: every row arrives
/// once, no rule of the vendor is broken on the way, and a wrong secret ends in what to mend.
class VendorsTest {
    private static final Path EXAMPLES = Path.of("../examples/vendors");

    /// The flows of each vendor in the order they build on each other.
    private static final Map<String, List<String>> FLOWS =
            Map.of(
                    "alipay",
                    List.of("account-log", "account-log-v2", "refunds"),
                    "dingtalk",
                    List.of("members", "departments", "announce"),
                    "kingdee",
                    List.of(
                            "sale-orders",
                            "sale-orders-by-session",
                            "save-orders",
                            "submit-orders",
                            "audit-orders"),
                    "wechatpay",
                    List.of("complaints", "refund-complaints"));

    /// What is wrong when a secret is mistyped, by the variable that holds it.
    private static final Map<String, List<String>> SECRETS =
            Map.of(
                    "alipay", List.of("ALIPAY_PRIVATE_KEY", "ALIPAY_PUBLIC_KEY"),
                    "dingtalk", List.of("DINGTALK_APP_SECRET"),
                    "kingdee", List.of("KINGDEE_APP_ID", "KINGDEE_APP_SECRET", "KINGDEE_USER"),
                    "wechatpay", List.of("WECHATPAY_PRIVATE_KEY", "WECHATPAY_PLATFORM_KEY"));

    private final Path folder;
    private final ProjectFolder project;
    private final List<String> log = new ArrayList<>();

    VendorsTest(@TempDir Path folder) {
        this.folder = folder;
        this.project = new ProjectFolder(folder);
    }

    static List<String> names() {
        return Vendors.names();
    }

    static List<Vendor> vendors() {
        return Vendors.all();
    }

    private Simulator start(Vendor vendor) throws IOException {
        copy(EXAMPLES.resolve(vendor.name()), folder);
        return Simulator.start(vendor, 0, this::note);
    }

    private synchronized void note(String line) {
        log.add(line);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private Ended run(Simulator simulator, String flow) {
        return project.call(simulator.environment(), "run", flow, "--json");
    }

    private List<List<String>> rows(String table, List<String> columns) throws SQLException {
        String sql = "select " + String.join(", ", columns) + " from " + table;
        List<List<String>> rows = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve("warehouse.sqlite"));
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    row.add(String.valueOf(found.getString(i)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private void check(Served served, String table) throws SQLException {
        List<List<String>> rows = rows(table, served.columns());
        assertEquals(
                served.checksum(),
                Served.checksum(rows),
                () -> table + ": sent " + served.rows().getFirst() + ", got " + rows.getFirst());
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyExampleIsTried(String name) throws IOException {
        try (Stream<Path> flows = Files.list(EXAMPLES.resolve(name).resolve("flows"))) {
            Set<String> there = new TreeSet<>();
            flows.forEach(f -> there.add(f.getFileName().toString().replace(".yaml", "")));
            assertEquals(there, new TreeSet<>(FLOWS.getOrDefault(name, List.of())));
        }
        assertTrue(Files.exists(EXAMPLES.resolve(name).resolve("README.md")), name);
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void everyRowArrivesOnceAndNoRuleIsBroken(Vendor vendor) throws IOException, SQLException {
        try (Simulator simulator = start(vendor)) {
            assertEquals(0, project.call(simulator.environment(), "check").code());
            for (String flow : FLOWS.getOrDefault(vendor.name(), List.of())) {
                Ended ended = run(simulator, flow);
                assertEquals(Exit.DONE, ended.code(), () -> flow + ": " + ended + "\n" + log);
                assertEquals("succeeded", ended.json().path("state").asString(), flow);
            }
            assertEquals(Map.of(), simulator.broken(), log.toString());
            for (Served served : vendor.served()) {
                check(served, served.table());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void aWrongSecretEndsInWhatToMend(String name) throws IOException {
        for (String variable : SECRETS.getOrDefault(name, List.of())) {
            Vendor vendor = Vendors.find(name).orElseThrow();
            Vendor stranger = Vendors.find(name).orElseThrow();
            try (Simulator simulator = Simulator.start(vendor, 0, this::note)) {
                deleteAll();
                copy(EXAMPLES.resolve(name), folder);
                Map<String, String> wrong = new HashMap<>(simulator.environment());
                String value = stranger.environment(simulator.base()).getOrDefault(variable, "");
                wrong.put(variable, variable.endsWith("_USER") ? "nobody" : value);
                String flow = FLOWS.getOrDefault(name, List.of()).getFirst();
                Ended ended = project.call(wrong, "run", flow, "--json");
                assertNotEquals(Exit.DONE, ended.code(), variable);
                String problem = ended.json().path("problem").toString();
                assertFalse(
                        ended.json().path("problem").path("fix").asString("").isEmpty(), problem);
                assertFalse((ended.out() + ended.err()).contains(value), variable + " is shown");
                System.err.println(variable + " " + problem);
            }
        }
    }

    private void deleteAll() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder)) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void noExampleIsLeftOfAVendorThatIsGone() throws IOException {
        try (Stream<Path> folders = Files.list(EXAMPLES)) {
            List<String> there =
                    folders.filter(Files::isDirectory)
                            .map(f -> f.getFileName().toString())
                            .sorted()
                            .toList();
            assertEquals(Vendors.names(), there);
        }
    }
}
