package dev.mortise.cli.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.cli.Ended;
import dev.mortise.cli.Exit;
import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.Simulator;
import dev.mortise.testkit.vendor.Vendor;
import dev.mortise.testkit.vendor.Vendors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The examples of vendors, run as a user does against a vendor that is played: every row arrives
/// once, no rule of the vendor is broken on the way, and a wrong secret ends in what to mend.
class VendorsTest {
    /// The flows of each vendor in the order they build on each other.
    private static final Map<String, List<String>> FLOWS =
            Map.of(
                    "alipay",
                    List.of("account-log", "account-log-v2", "refunds", "refunds-v2"),
                    "bank",
                    List.of("transactions", "payments"),
                    "dingtalk",
                    List.of("members", "departments", "announce"),
                    "ekuaibao",
                    List.of("bills", "budget"),
                    "kingdee",
                    List.of(
                            "sale-orders",
                            "sale-orders-by-session",
                            "save-orders",
                            "submit-orders",
                            "audit-orders",
                            "save-and-keep"),
                    "leqi",
                    List.of("red-letters", "tax-codes", "reissue"),
                    "sap",
                    // Writing changes what is served, so it is read once more.
                    List.of(
                            "partners",
                            "products",
                            "orders",
                            "new-orders",
                            "reassign",
                            "reassign-now",
                            "orders"),
                    "yonyou",
                    List.of("orders", "vendors"),
                    "wechatpay",
                    List.of("complaints", "refund-complaints", "bill", "upload-pictures"));

    private final VendorFolder folder;

    VendorsTest(@TempDir Path folder) {
        this.folder = new VendorFolder(folder);
    }

    static List<String> names() {
        return Vendors.names();
    }

    private static List<String> flows(String vendor) {
        return FLOWS.getOrDefault(vendor, List.of());
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyFlowOfAnExampleIsTried(String name) throws IOException {
        Path example = VendorFolder.EXAMPLES.resolve(name);
        try (Stream<Path> flows = Files.list(example.resolve("flows"))) {
            Set<String> there = new TreeSet<>();
            flows.forEach(f -> there.add(f.getFileName().toString().replace(".yaml", "")));
            assertEquals(there, new TreeSet<>(flows(name)));
        }
        assertTrue(Files.exists(example.resolve("README.md")), name);
    }

    @Test
    void noExampleIsLeftOfAVendorThatIsGone() throws IOException {
        try (Stream<Path> folders = Files.list(VendorFolder.EXAMPLES)) {
            Set<String> there = new TreeSet<>();
            folders.filter(Files::isDirectory).forEach(f -> there.add(f.getFileName().toString()));
            assertEquals(new TreeSet<>(Vendors.names()), there);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyRowArrivesOnceAndNoRuleIsBroken(String name) throws IOException, SQLException {
        Vendor vendor = Vendors.find(name).orElseThrow();
        try (Simulator simulator = folder.start(vendor)) {
            Ended checked = folder.call(simulator.environment(), "check");
            assertEquals(Exit.DONE, checked.code(), checked.toString());
            flows(name).forEach(flow -> folder.succeed(simulator, flow));
            assertEquals(Map.of(), simulator.broken(), folder.log());
            for (Served served : vendor.served()) {
                folder.holds(served, served.table());
            }
        }
    }

    /// The other secret is one of the same kind, as a neighbouring account has it.
    @ParameterizedTest
    @CsvSource({
        "alipay, ALIPAY_PRIVATE_KEY, LOGIN_REFUSED, private key",
        "alipay, ALIPAY_PUBLIC_KEY, SERVER_FAILED, public key",
        "dingtalk, DINGTALK_APP_SECRET, LOGIN_REFUSED, secrets",
        "kingdee, KINGDEE_APP_ID, LOGIN_REFUSED, app id",
        "kingdee, KINGDEE_APP_SECRET, LOGIN_REFUSED, secret",
        "wechatpay, WECHATPAY_PRIVATE_KEY, LOGIN_REFUSED, private key",
        "wechatpay, WECHATPAY_PLATFORM_KEY, SERVER_FAILED, public key",
    })
    void aWrongSecretEndsInWhatToMend(String name, String variable, String code, String mend)
            throws IOException {
        Vendor stranger = Vendors.find(name).orElseThrow();
        try (Simulator simulator = folder.start(Vendors.find(name).orElseThrow())) {
            Map<String, String> wrong = new HashMap<>(simulator.environment());
            String value = stranger.environment(simulator.base()).getOrDefault(variable, "");
            wrong.put(variable, value);
            Ended ended = folder.call(wrong, "run", flows(name).getFirst(), "--json");
            assertEquals(code, ended.problemCode(), ended.toString());
            String fix = ended.json().path("problem").path("fix").asString("");
            assertTrue(fix.contains(mend), fix);
            assertFalse((ended.out() + ended.err()).contains(value), variable + " is shown");
        }
    }
}
