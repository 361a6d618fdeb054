package dev.mortise.testkit.vendor.office;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.testkit.vendor.Served;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("live")
final class LeqiTest {
    private static final String ROOT = "/access/v2/invoke/202007/";

    private final Leqi leqi = new Leqi();
    private final Caller caller = new Caller(leqi);

    @AfterEach
    void close() {
        caller.close();
    }

    /// By way of the provider, not of the engine that the vendor uses.
    private static byte[] sm4(String padding, int mode, String key, byte[] text) {
        try {
            var cipher = Cipher.getInstance("SM4/ECB/" + padding, new BouncyCastleProvider());
            cipher.init(mode, new SecretKeySpec(HexFormat.of().parseHex(key), "SM4"));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private String sealed(String key, String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        byte[] secret = sm4("PKCS7Padding", Cipher.ENCRYPT_MODE, key, text);
        return Base64.getEncoder().encodeToString(secret);
    }

    private HttpResponse<byte[]> sent(String path, String service, String body, String... more) {
        List<String> headers = new ArrayList<>(List.of("nlbm", "202007", "fwbm", service));
        String unit = caller.word("LEQI_UNIT");
        headers.addAll(List.of("jrdwptbh", unit, "sydwptbh", unit, "access_signature", ""));
        headers.addAll(List.of(more));
        return caller.send("POST", path, body, headers.toArray(String[]::new));
    }

    private JsonNode response(String service, String json, String... more) {
        String body = sealed(caller.word("LEQI_SM4_KEY"), json);
        return response(sent(ROOT + service, service, body, more));
    }

    private static JsonNode response(HttpResponse<byte[]> answer) {
        JsonNode envelope = Json.node(unpacked(answer)).orElseThrow();
        return Json.node(Json.text(envelope, "body")).orElseThrow().path("Response");
    }

    private static String unpacked(HttpResponse<byte[]> answer) {
        boolean packed = answer.headers().firstValue("content-encoding").isPresent();
        try (var gzip =
                packed ? new GZIPInputStream(new ByteArrayInputStream(answer.body())) : null) {
            byte[] bytes = gzip == null ? answer.body() : gzip.readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode call(String service, String json, String... more) {
        byte[] secret =
                Base64.getDecoder().decode(Json.text(response(service, json, more), "Data"));
        String key = caller.word("LEQI_SM4_KEY");
        byte[] plain = sm4("PKCS7Padding", Cipher.DECRYPT_MODE, key, secret);
        return Json.node(new String(plain, StandardCharsets.UTF_8)).orElseThrow();
    }

    private String letters(int page) {
        return "{\"yhjslx\":\"0\",\"xsfnsrsbh\":\"%s\",\"pageNumber\":%d,\"pageSize\":50}"
                .formatted(caller.word("LEQI_TAXPAYER"), page);
    }

    @Test
    void sealsAsThePublicVectorDoes() {
        String key = "0123456789abcdeffedcba9876543210";
        byte[] plain = HexFormat.of().parseHex(key);
        byte[] secret = sm4("NoPadding", Cipher.ENCRYPT_MODE, key, plain);
        assertEquals("681edf34d206965e86b3e94f536e4246", HexFormat.of().formatHex(secret));
    }

    @Test
    void givesEveryRedLetterOnce() {
        List<List<String>> rows = new ArrayList<>();
        for (int page = 1; page <= 7; page++) {
            JsonNode answer = call("CXQDHZQRDLB", letters(page));
            assertEquals("00", Json.text(answer, "returncode"));
            answer.path("list").forEach(row -> rows.add(values(row)));
        }
        Served served = leqi.served().getFirst();
        assertEquals(served.checksum(), Served.checksum(rows));
        assertEquals(Map.of(), caller.broken());
    }

    private static List<String> values(JsonNode row) {
        return List.of(
                Json.text(row, "uuid"),
                Json.text(row, "hzfpxxqrdbh"),
                Json.text(row, "lzfphm"),
                Json.text(row, "hzcxje"),
                Json.text(row, "hzcxse"),
                Json.text(row, "lrrq"));
    }

    @Test
    void packsTheAnswerForWhoTakesGzip() {
        String body = sealed(caller.word("LEQI_SM4_KEY"), letters(1));
        var packed =
                sent(ROOT + "CXQDHZQRDLB", "CXQDHZQRDLB", body, "Accept-Encoding", "gzip, deflate");
        assertEquals("gzip", packed.headers().firstValue("content-encoding").orElse(""));
        assertTrue(response(packed).has("Data"));
        assertEquals(
                50, call("CXQDHZQRDLB", letters(1), "Accept-Encoding", "gzip").at("/list").size());
    }

    @Test
    void givesOnlyTaxCodesThatChangedSince() {
        String all = "{\"nsrsbh\":\"%s\",\"sjc\":\"\"}".formatted(caller.word("LEQI_TAXPAYER"));
        JsonNode first = call("CXSSFLBM", all);
        assertEquals(420, first.path("ssflbmList").size());
        String stamp = Json.text(first.path("ssflbmList").get(399), "gxsj");
        JsonNode second = call("CXSSFLBM", all.replace("\"\"", "\"" + stamp + "\""));
        assertEquals(20, second.path("ssflbmList").size());
        assertEquals(Json.text(first, "sjc"), Json.text(second, "sjc"));
    }

    @Test
    void tellsWhatBecameOfAnUploadLater() {
        String numbers =
                "{\"nsrsbh\":\"%s\",\"lysl\":2,\"ywlsh\":\"S1\"}"
                        .formatted(caller.word("LEQI_TAXPAYER"));
        JsonNode given = call("QDFPPLFM", numbers).path("fphmList");
        assertEquals(
                given, call("QDFPPLFM", numbers).path("fphmList"), "same serial, same numbers");
        String one = "{\"fphm\":\"%s\",\"jshj\":\"113.00\"}".formatted(given.get(0).asString());
        String upload = Json.text(call("QDFPSC", "[" + one + "]"), "sllsh");
        String ask = "{\"sllsh\":\"" + upload + "\"}";
        assertEquals("01", Json.text(call("CXQDFPSCJG", ask), "returncode"));
        assertEquals("01", Json.text(call("CXQDFPSCJG", ask), "/fpxxList/0/ztdm"));
        assertEquals("01", Json.text(call("CXQDFPSCJG", ask), "/fpxxList/0/ztdm"));
        assertEquals(List.of(given.get(0).asString() + "|113.00"), leqi.uploaded());
    }

    @Test
    void refusesABodyUnderAnotherKey() {
        String body = sealed("ffffffffffffffffffffffffffffffff", letters(1));
        JsonNode response = response(sent(ROOT + "CXQDHZQRDLB", "CXQDHZQRDLB", body));
        assertEquals("100002", Json.text(response, "/Error/Code"));
        assertEquals(Map.of("sealed-body", 1), caller.broken());
    }

    @Test
    void refusesABodyThatIsNotSealed() {
        sent(ROOT + "CXQDHZQRDLB", "CXQDHZQRDLB", letters(1));
        assertEquals(Map.of("sealed-body", 1), caller.broken());
    }

    @Test
    void refusesHeadersThatDoNotFit() {
        String body = sealed(caller.word("LEQI_SM4_KEY"), letters(1));
        sent(ROOT + "CXQDHZQRDLB", "CXSXED", body);
        caller.send("POST", ROOT + "CXQDHZQRDLB", body, "fwbm", "CXQDHZQRDLB");
        caller.send("POST", ROOT + "CXSXED", body, "fwbm", "CXSXED", "nlbm", "202007");
        sent("/access/newsandbox/v2/invoke/202007/CXSXED", "CXSXED", body);
        assertEquals(Map.of("fwbm", 1, "nlbm", 1, "unit", 1, "ylbm", 1), caller.broken());
    }

    @Test
    void refusesAnotherTaxpayer() {
        String json = letters(1).replace(caller.word("LEQI_TAXPAYER"), "91000000000000000X");
        assertEquals("03", Json.text(call("CXQDHZQRDLB", json), "returncode"));
        assertEquals(Map.of("taxpayer", 1), caller.broken());
    }
}
