package dev.mortise.cli.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.cli.Ended;
import dev.mortise.cli.Exit;
import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Simulator;
import dev.mortise.testkit.vendor.Told;
import dev.mortise.testkit.vendor.Vendor;
import dev.mortise.testkit.vendor.Vendors;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Recording a vendor that is played, replaying it when it is down, and what its changes come to.
@Tag("live")
class CassetteCommandsTest {
    private final Path home;
    private final VendorFolder folder;

    CassetteCommandsTest(@TempDir Path home) {
        this.home = home;
        this.folder = new VendorFolder(home);
    }

    /// A vendor whose answers have changed.
    private record Changed(Vendor vendor, UnaryOperator<String> change) implements Vendor {
        @Override
        public String name() {
            return vendor.name();
        }

        @Override
        public Map<String, String> environment(URI base) {
            return vendor.environment(base);
        }

        @Override
        public Told answer(Asked asked) {
            Told told = vendor.answer(asked);
            String body = new String(told.body(), StandardCharsets.UTF_8);
            byte[] changed = change.apply(body).getBytes(StandardCharsets.UTF_8);
            return new Told(told.status(), told.headers(), changed, told.rule());
        }
    }

    private String cassette(String connection, String resource) throws IOException {
        return Files.readString(home.resolve("cassettes/" + connection + "/" + resource + ".yaml"));
    }

    private Ended done(Map<String, String> environment, String... args) {
        Ended ended = folder.call(environment, args);
        assertEquals(Exit.DONE, ended.code(), () -> ended + "\n" + folder.log());
        return ended;
    }

    @ParameterizedTest
    @CsvSource({
        "alipay, alipay",
        "bank, bank",
        "dingtalk, dingtalk",
        "ekuaibao, ekuaibao",
        "kingdee, kingdee.sale_orders",
        "kingdee, kingdee-session",
        "leqi, leqi",
        "sap, sap",
        "yonyou, yonyou.orders",
        "wechatpay, wechatpay.complaints",
        "wechatpay, wechatpay-bill"
    })
    void replaysTheSameRowsWhenTheVendorIsDown(String name, String target) throws IOException {
        Map<String, String> environment;
        try (Simulator simulator = folder.start(Vendors.find(name).orElseThrow())) {
            environment = simulator.environment();
            Ended recorded = done(environment, "record", target, "--json", "--pages", "2");
            JsonNode first = recorded.json().path("recorded").path(0);
            assertTrue(first.path("rows").asLong() > 0, recorded::toString);
            int calls = simulator.calls();
            done(environment, "replay", target, "--json");
            assertEquals(calls, simulator.calls(), "a replay calls nobody");
        }
        Ended replayed = done(environment, "replay", target, "--json");
        JsonNode all = replayed.json().path("replayed");
        assertFalse(all.isEmpty());
        all.forEach(one -> assertTrue(one.path("same").asBoolean(), replayed::toString));
    }

    @Test
    void namesWhatChangedAndTheColumnsItComesTo() throws IOException {
        Vendor vendor = Vendors.find("kingdee").orElseThrow();
        try (Simulator simulator = folder.start(vendor)) {
            done(simulator.environment(), "record", "kingdee.sale_orders");
            Ended calm = done(simulator.environment(), "drift", "kingdee.sale_orders");
            assertTrue(calm.out().contains("no change"), calm.toString());
        }
        UnaryOperator<String> change = body -> body.replaceAll("\\[(\\d+),\"", "[\"$1\",\"");
        try (Simulator simulator = Simulator.start(new Changed(vendor, change), 0, _ -> {})) {
            Map<String, String> environment = simulator.environment();
            Ended drift = folder.call(environment, "drift", "kingdee.sale_orders", "--json");
            assertEquals(Exit.REJECTED, drift.code(), drift.toString());
            JsonNode found = drift.json().path("resources").path(0).path("changes").path(0);
            assertEquals("type-new", found.path("kind").asString(), drift.toString());
            assertEquals("id", found.path("path").asString());
            assertEquals("breaking", found.path("severity").asString());
            assertTrue(found.path("touches").toString().contains("sale_order"), drift.toString());
            done(environment, "drift", "kingdee.sale_orders", "--accept");
            done(environment, "drift", "kingdee.sale_orders");
        }
    }

    @Test
    void namesEachOfSeveralChanges() throws IOException {
        Vendor vendor = Vendors.find("wechatpay").orElseThrow();
        try (Simulator simulator = folder.start(vendor)) {
            unverified();
            done(simulator.environment(), "record", "wechatpay.complaints", "--pages", "3");
        }
        UnaryOperator<String> change =
                body ->
                        body.replace("\"complaint_detail\"", "\"complaint_text\"")
                                .replaceFirst("\"PROCESSED\"", "\"ARBITRATED\"")
                                .replaceAll(
                                        "\"complaint_full_refunded\":(true|false)",
                                        "\"complaint_full_refunded\":\"$1\"");
        try (Simulator simulator = Simulator.start(new Changed(vendor, change), 0, _ -> {})) {
            Ended drift = folder.call(simulator.environment(), "drift", "wechatpay.complaints");
            assertEquals(Exit.REJECTED, drift.code(), drift.toString());
            for (String line :
                    List.of(
                            "breaking +field-gone +complaint_detail .*complaints.*detail.*",
                            "breaking +type-new +complaint_full_refunded .*refunded.*",
                            "risky +value-new +complaint_state .*'ARBITRATED'.*",
                            "harmless +field-new +complaint_text .*")) {
                assertTrue(
                        drift.out().lines().anyMatch(l -> l.strip().matches(line)),
                        () -> line + "\n" + drift);
            }
        }
    }

    @Test
    void aMaskedFieldThatIsGoneIsDriftAndNoMistake() throws IOException {
        String target = "wechatpay.complaints";
        Vendor vendor = Vendors.find("wechatpay").orElseThrow();
        try (Simulator simulator = folder.start(vendor)) {
            unverified();
            done(simulator.environment(), "record", target, "--mask", "complaint_detail");
        }
        UnaryOperator<String> change = body -> body.replace("complaint_detail", "complaint_text");
        try (Simulator simulator = Simulator.start(new Changed(vendor, change), 0, _ -> {})) {
            Ended drift = folder.call(simulator.environment(), "drift", target);
            assertEquals(Exit.REJECTED, drift.code(), drift.toString());
            assertTrue(drift.out().contains("field-gone"), drift.toString());
            done(simulator.environment(), "record", target);
        }
    }

    @Test
    void whatCannotBeReadIsNeverAccepted() throws IOException {
        String target = "wechatpay.complaints";
        Vendor vendor = Vendors.find("wechatpay").orElseThrow();
        try (Simulator simulator = folder.start(vendor)) {
            unverified();
            done(simulator.environment(), "record", target);
        }
        UnaryOperator<String> change = body -> body.replace("\"data\"", "\"rows\"");
        try (Simulator simulator = Simulator.start(new Changed(vendor, change), 0, _ -> {})) {
            for (int i = 0; i < 2; i++) {
                Ended drift = folder.call(simulator.environment(), "drift", target, "--accept");
                assertEquals(Exit.REJECTED, drift.code(), drift.toString());
                assertTrue(drift.out().contains("unreadable"), drift.toString());
            }
            assertFalse(cassette("wechatpay", "complaints").contains("accepted:"));
        }
    }

    /// Answers that were changed on the way are no longer signed.
    private void unverified() throws IOException {
        Path file = home.resolve("connections/wechatpay.yaml");
        String text = Files.readString(file);
        String plain = text.replaceAll("(?m)^  answers:.*\\n(    .*\\n)*", "");
        assertFalse(plain.equals(text));
        Files.writeString(file, plain.replace("errors: wechat-pay", "errors: rest"));
    }

    static List<String> vendors() {
        return Vendors.names();
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void noSecretReachesACassette(String name) throws IOException {
        try (Simulator simulator = folder.start(Vendors.find(name).orElseThrow())) {
            for (String connection : connections()) {
                folder.call(simulator.environment(), "record", connection);
            }
            assertFalse(cassettes().isEmpty());
            String all = String.join("\n", cassettes());
            simulator
                    .environment()
                    .forEach(
                            (variable, value) ->
                                    assertFalse(secret(variable) && all.contains(value), variable));
            assertFalse(all.contains("127.0.0.1"), "where the vendor stands is no contract");
        }
    }

    private static boolean secret(String variable) {
        return variable.matches(".*(KEY|SECRET|PASSWORD|TOKEN)$")
                && !variable.matches(".*PUBLIC_KEY|.*PLATFORM_KEY");
    }

    private List<String> connections() throws IOException {
        try (var files = Files.list(home.resolve("connections"))) {
            return files.map(f -> f.getFileName().toString().replace(".yaml", ""))
                    .filter(n -> !n.equals("warehouse"))
                    .sorted()
                    .toList();
        }
    }

    private List<String> cassettes() throws IOException {
        Path all = home.resolve("cassettes");
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        try (var files = Files.walk(all)) {
            List<String> texts = new java.util.ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        }
    }

    @Test
    void saysWhatDiffersWhenTheDefinitionChanged() throws IOException {
        Map<String, String> environment;
        try (Simulator simulator = folder.start(Vendors.find("kingdee").orElseThrow())) {
            environment = simulator.environment();
            done(environment, "record", "kingdee.sale_orders");
        }
        Path file = home.resolve("connections/kingdee.yaml");
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("amount: decimal\\(18,2\\)", "amount: text"));
        Ended typed = folder.call(environment, "replay", "kingdee.sale_orders");
        assertEquals(Exit.REJECTED, typed.code(), typed.toString());
        assertTrue(typed.out().contains("column 'amount' is text, was decimal(18,2)"), typed.out());
        Files.writeString(file, text.replaceFirst("size: 100", "size: 50"));
        Ended missed = folder.call(environment, "replay", "kingdee.sale_orders");
        assertEquals(Exit.REJECTED, missed.code(), missed.toString());
        assertTrue(
                missed.err().contains("body '$.data.Limit' is '50', recorded '100'"),
                missed.toString());
    }

    @Test
    void masksFieldsForGoodAndStillReplays() throws IOException {
        String target = "wechatpay.complaints";
        try (Simulator simulator = folder.start(Vendors.find("wechatpay").orElseThrow())) {
            Map<String, String> environment = simulator.environment();
            done(environment, "record", target);
            String open = cassette("wechatpay", "complaints");
            String detail = open.replaceAll("(?s).*?\"complaint_detail\": \"([^\"]+)\".*", "$1");
            done(environment, "record", target, "--mask", "complaint_detail,complaint_id");
            String masked = cassette("wechatpay", "complaints");
            assertFalse(masked.contains(detail), detail);
            done(environment, "replay", target);
            done(environment, "record", target);
            assertEquals(
                    masked.replaceAll("recorded_at: .*", ""),
                    cassette("wechatpay", "complaints").replaceAll("recorded_at: .*", ""));
            done(environment, "drift", target);
        }
    }

    @Test
    void refusesWhatCannotBeRecorded() throws IOException {
        try (Simulator simulator = folder.start(Vendors.find("kingdee").orElseThrow())) {
            Ended table = folder.call(simulator.environment(), "record", "warehouse");
            assertEquals(Exit.WRONG, table.code());
            assertTrue(table.err().contains("cannot be recorded"), table.toString());
            Ended unknown = folder.call(simulator.environment(), "record", "kingdee.sale_order");
            assertEquals(Exit.WRONG, unknown.code());
            assertTrue(unknown.err().contains("did you mean 'sale_orders'?"), unknown.toString());
            Ended early = folder.call(simulator.environment(), "replay", "kingdee.sale_orders");
            assertEquals(Exit.WRONG, early.code());
            assertTrue(early.err().contains("mortise record kingdee"), early.toString());
        }
    }
}
