package dev.mortise.cli.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.cli.Ended;
import dev.mortise.cli.ProjectFolder;
import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.Simulator;
import dev.mortise.testkit.vendor.Vendor;
import dev.mortise.testkit.vendor.office.Ekuaibao;
import dev.mortise.testkit.vendor.office.Leqi;
import dev.mortise.testkit.vendor.office.SapOdata;
import dev.mortise.testkit.vendor.office.SoapBank;
import dev.mortise.testkit.vendor.office.Trouble;
import dev.mortise.testkit.vendor.office.Yonyou;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples of the back-office vendors run through the command line against their simulators:
/// every row arrives once, and no rule of the vendor is broken on the way.
@Tag("live")
final class OfficeVendorsTest {
    private final Path folder;

    OfficeVendorsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /// A vendor that is played and its example in a folder of the test.
    private final class Stage implements AutoCloseable {
        final Simulator simulator;
        private final Vendor vendor;
        private final ProjectFolder project = new ProjectFolder(folder);
        private final Map<String, String> environment = new HashMap<>();
        private final List<String> calls = new CopyOnWriteArrayList<>();

        Stage(Vendor vendor) throws IOException {
            this.vendor = vendor;
            this.simulator = Simulator.start(vendor, 0, calls::add);
            environment.putAll(simulator.environment());
            environment.put("MORTISE_LANG", "en");
            Path example = root().resolve("examples/vendors").resolve(vendor.name());
            copy(example, folder);
            for (String kind : List.of("connections", "flows")) {
                copy(example.resolve(kind), folder.resolve(kind));
            }
        }

        Ended run(String flow) {
            return project.call(environment, "run", flow, "--json");
        }

        void succeeds(String... flows) {
            for (String flow : flows) {
                Ended ended = run(flow);
                assertEquals(0, ended.code(), () -> flow + ": " + ended + "\n" + calls);
            }
        }

        void holds(Served... served) throws SQLException {
            for (Served one : served) {
                assertEquals(one.checksum(), Served.checksum(arrived(one)), one.table());
            }
        }

        void holdsEverything() throws SQLException {
            holds(vendor.served().toArray(Served[]::new));
        }

        @Override
        public void close() {
            simulator.close();
        }
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("examples")) ? here : here.resolveSibling("");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private List<List<String>> arrived(Served served) throws SQLException {
        String columns = String.join(", ", served.columns());
        return query("select " + columns + " from " + served.table(), served.columns().size());
    }

    private List<List<String>> query(String sql, int columns) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        String url = "jdbc:sqlite:" + folder.resolve("warehouse.sqlite");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    @Test
    void readsYonyou() throws IOException, SQLException {
        Yonyou yonyou = new Yonyou();
        try (Stage stage = new Stage(yonyou)) {
            stage.succeeds("orders", "vendors");
            stage.holdsEverything();
            assertEquals(Map.of(), stage.simulator.broken());
        }
    }

    @Test
    void readsOnThroughFailuresOfSap() throws IOException, SQLException {
        try (Stage stage = new Stage(new SapOdata(Mood.CALM.failingEvery(4)))) {
            stage.succeeds("orders", "partners", "products");
            stage.holdsEverything();
        }
    }

    @Test
    void saysWhatToGrantInTheConsoleOfYonyou() throws IOException {
        Yonyou yonyou = new Yonyou();
        try (Stage stage = new Stage(yonyou)) {
            stage.project.flow(
                    "vouchers",
                    """
                    steps:
                      vouchers: {read: yonyou.vouchers}
                      out: {from: vouchers, write: warehouse.vouchers, mode: replace, key: [id]}
                    """);
            Ended ended = stage.run("vouchers");
            assertNotEquals(0, ended.code());
            assertTrue(ended.toString().contains("grant this API"), ended::toString);
            yonyou.grantVouchers();
            stage.succeeds("vouchers");
        }
    }

    @Test
    void readsYonyouOnAWhenItsTokensEndMidway() throws IOException, SQLException {
        Yonyou yonyou = new Yonyou(InstantSource.system(), Duration.ofSeconds(1), new Trouble());
        try (Stage stage = new Stage(yonyou)) {
            stage.succeeds("orders", "vendors");
            yonyou.revoke();
            stage.succeeds("orders");
            stage.holdsEverything();
        }
    }

    @Test
    void readsEkuaibao() throws IOException, SQLException {
        Ekuaibao ekuaibao = new Ekuaibao();
        try (Stage stage = new Stage(ekuaibao)) {
            stage.succeeds("bills", "budget");
            stage.holdsEverything();
            assertEquals(Map.of(), stage.simulator.broken());
        }
    }

    @Test
    void followsEkuaibaoToItsNewAddress() throws IOException, SQLException {
        Ekuaibao ekuaibao = new Ekuaibao();
        try (Stage stage = new Stage(ekuaibao)) {
            stage.succeeds("bills");
            ekuaibao.move("dd2");
            ekuaibao.revoke();
            stage.succeeds("budget");
            stage.holdsEverything();
        }
    }

    @Test
    void readsLeqi() throws IOException, SQLException {
        Leqi leqi = new Leqi();
        try (Stage stage = new Stage(leqi)) {
            stage.succeeds("red-letters", "tax-codes", "tax-codes");
            stage.holdsEverything();
            assertEquals(Map.of(), stage.simulator.broken());
        }
    }

    @Test
    void uploadsEveryInvoiceToLeqiOnce() throws IOException, SQLException {
        Leqi leqi = new Leqi();
        try (Stage stage = new Stage(leqi)) {
            stage.succeeds("red-letters", "reissue");
            List<String> sent =
                    query(
                                    "select '2611' || substr(invoice_number, 5) || '|'"
                                            + " || ltrim(amount, '-') from red_letters",
                                    1)
                            .stream()
                            .map(List::getFirst)
                            .sorted()
                            .toList();
            assertEquals(sent, leqi.received().stream().sorted().toList());
            assertEquals(Map.of(), stage.simulator.broken());
        }
    }

    @Test
    void readsSap() throws IOException, SQLException {
        SapOdata sap = new SapOdata();
        try (Stage stage = new Stage(sap)) {
            stage.succeeds("orders", "partners", "products");
            stage.holdsEverything();
            assertEquals(Map.of(), stage.simulator.broken());
        }
    }

    @Test
    void writesToSapThoughASessionIsLost() throws IOException, SQLException {
        SapOdata sap = new SapOdata();
        try (Stage stage = new Stage(sap)) {
            stage.succeeds("orders");
            sap.loseSessions(1);
            stage.succeeds("new-orders", "orders");
            stage.holds(sap.served().getFirst());
            // Writes under way at the same time find the session gone, too.
            Map<String, Integer> broken = new HashMap<>(stage.simulator.broken());
            broken.remove("csrf-cookie");
            assertEquals(Map.of("csrf-session-lost", 1), broken);
            String sql = "select count(*) from sales_orders where sales_order like 'N%'";
            assertEquals("30", query(sql, 1).getFirst().getFirst());
        }
    }

    @Test
    void readsTheBankAndPaysOnce() throws IOException, SQLException {
        SoapBank bank = new SoapBank();
        try (Stage stage = new Stage(bank)) {
            stage.succeeds("transactions", "payments");
            stage.holdsEverything();
            assertEquals(3, bank.payments().size(), bank.payments()::toString);
            assertEquals(Map.of(), stage.simulator.broken());
        }
    }

    @Test
    void changesOrdersOfSap() throws IOException, SQLException {
        try (Stage stage = new Stage(new SapOdata())) {
            stage.succeeds("orders");
            String sql = "select count(*) from sales_orders where sold_to = 'BP1'";
            assertEquals("3", query(sql, 1).getFirst().getFirst());
            stage.succeeds("reassign", "orders");
            assertEquals("0", query(sql, 1).getFirst().getFirst());
            assertEquals(Map.of(), stage.simulator.broken());
        }
    }

    @Test
    void showsAPageThatCameTwice() throws IOException {
        Trouble trouble = new Trouble().repeat("orders", 1);
        Yonyou yonyou = new Yonyou(InstantSource.system(), Duration.ofHours(2), trouble);
        try (Stage stage = new Stage(yonyou)) {
            Ended ended = stage.run("orders");
            assertNotEquals(0, ended.code(), "rows would have been lost");
            stage.succeeds("orders");
        }
    }

    @Test
    void saysWhenTheSecretOfYonyouIsWrong() throws IOException {
        refuses(new Yonyou(), "YONYOU_APP_SECRET", "orders");
    }

    @Test
    void saysWhenTheSecretOfEkuaibaoIsWrong() throws IOException {
        refuses(new Ekuaibao(), "EKUAIBAO_APP_SECURITY", "bills");
    }

    @Test
    void saysWhenThePasswordOfSapIsWrong() throws IOException {
        refuses(new SapOdata(), "SAP_PASSWORD", "orders");
    }

    private void refuses(Vendor vendor, String word, String flow) throws IOException {
        try (Stage stage = new Stage(vendor)) {
            stage.environment.put(word, "certainly-not-this-one");
            Ended ended = stage.run(flow);
            assertNotEquals(0, ended.code(), ended::toString);
            assertTrue(ended.toString().contains("LOGIN_REFUSED"), ended::toString);
            assertFalse(ended.toString().contains("certainly-not-this-one"), ended::toString);
        }
    }

    @Test
    void saysWhenTheKeyOfLeqiIsWrong() throws IOException {
        try (Stage stage = new Stage(new Leqi())) {
            stage.environment.put("LEQI_SM4_KEY", "ffffffffffffffffffffffffffffffff");
            Ended ended = stage.run("red-letters");
            assertNotEquals(0, ended.code(), ended::toString);
            assertTrue(ended.toString().contains("100002"), ended::toString);
        }
    }
}
