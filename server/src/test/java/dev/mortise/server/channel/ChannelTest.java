package dev.mortise.server.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.channel.PlayedVendor.Asked;
import dev.mortise.server.channel.PlayedVendor.Said;
import dev.mortise.server.store.Database;
import dev.mortise.server.store.OpenedDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelTest {
    private static final Instant NOW = Instant.parse("2026-11-26T07:00:00Z");
    private static final String WICKED = "no <b>table</b> [x](http://evil) `a` @all *b*\n# head";

    private final Database database;
    private final Channels channels;

    ChannelTest(@TempDir Path home) {
        database = OpenedDatabase.at(home, "");
        channels =
                MadeChannels.in(
                        database, Map.of("token", "t-1", "sign", "SEC0123", "pass", "geheim"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Message message(String error) {
        return new Message(
                Message.Event.OPENED,
                "sales",
                "orders",
                "failures",
                "failure",
                List.of(error),
                "out",
                "node-1",
                "CONNECTION_REFUSED",
                "start it",
                "http://mortise/p/sales/runs/r1",
                1,
                NOW);
    }

    private Answer send(ChannelKind kind, Map<String, Object> settings, String error) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putIfAbsent("reach", "private");
        Channel channel = new Channel("c", "sales", "c", kind, all, "zh-CN", 1);
        assertEquals(List.of(), ChannelRules.problems(channel));
        return channels.send(channel, List.of(message(error)), NOW);
    }

    private static String mac(String key, String text) throws Exception {
        return Base64.getEncoder().encodeToString(raw(key, text));
    }

    private static byte[] raw(String key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Said dingTalk(Asked asked) throws Exception {
        String timestamp = asked.query().getOrDefault("timestamp", "");
        if (!"t-1".equals(asked.query().get("access_token"))) {
            return new Said(200, "{\"errcode\":300005,\"errmsg\":\"token is not exist\"}");
        }
        boolean signed =
                timestamp.equals("" + NOW.toEpochMilli())
                        && mac("SEC0123", timestamp + "\nSEC0123")
                                .equals(asked.query().get("sign"));
        return signed
                ? new Said(200, "{\"errcode\":0,\"errmsg\":\"ok\"}")
                : new Said(200, "{\"errcode\":310000,\"errmsg\":\"sign not match\"}");
    }

    @Test
    void signsForDingTalkAndMentions() throws Exception {
        try (PlayedVendor vendor = new PlayedVendor(ChannelTest::dingTalk)) {
            Map<String, Object> settings =
                    Map.of(
                            "url",
                            vendor.url() + "/robot/send",
                            "access_token",
                            "${secret:token}",
                            "secret",
                            "${secret:sign}",
                            "at_mobiles",
                            List.of("13800000000"),
                            "at_all",
                            false);
            Answer answer = send(ChannelKind.DINGTALK, settings, WICKED);
            assertTrue(answer.ok(), answer.toString());
            var body = vendor.asked().json();
            String text = body.path("markdown").path("text").asString();
            assertEquals("13800000000", body.path("at").path("atMobiles").path(0).asString());
            assertTrue(text.contains("@13800000000"), text);
            assertFalse(text.contains("](http://evil"), text);
            assertFalse(text.contains("@all"), text);
            assertFalse(text.contains("\n# head"), text);
            assertTrue(text.contains("(http://mortise/p/sales/runs/r1)"), text);
            assertTrue(body.path("markdown").path("title").asString().contains("运行失败"));

            Map<String, Object> wrong = new HashMap<>(settings);
            wrong.put("secret", "${secret:pass}");
            Answer refused = send(ChannelKind.DINGTALK, wrong, "x");
            assertFalse(refused.ok() || refused.again());
            assertTrue(refused.text().contains("310000"), refused.text());
        }
    }

    @Test
    void signsForFeishu() throws Exception {
        PlayedVendor.Play play =
                asked -> {
                    String timestamp = asked.json().path("timestamp").asString();
                    boolean signed =
                            asked.path().endsWith("/hook/t-1")
                                    && timestamp.equals("" + NOW.getEpochSecond())
                                    && mac(timestamp + "\nSEC0123", "")
                                            .equals(asked.json().path("sign").asString());
                    return signed
                            ? new Said(200, "{\"StatusCode\":0,\"code\":0,\"msg\":\"success\"}")
                            : new Said(200, "{\"code\":19021,\"msg\":\"sign match fail\"}");
                };
        try (PlayedVendor vendor = new PlayedVendor(play)) {
            Map<String, Object> settings =
                    Map.of(
                            "url",
                            vendor.url() + "/open-apis/bot/v2/hook",
                            "token",
                            "${secret:token}",
                            "secret",
                            "${secret:sign}",
                            "at_all",
                            true);
            assertTrue(send(ChannelKind.FEISHU, settings, WICKED).ok());
            String body = vendor.asked().body();
            assertTrue(body.contains("\"user_id\":\"all\""), body);
            Map<String, Object> wrong = new HashMap<>(settings);
            wrong.put("secret", "${secret:pass}");
            Answer refused = send(ChannelKind.FEISHU, wrong, "x");
            assertFalse(refused.ok());
            assertTrue(refused.text().contains("19021"));
        }
    }

    @Test
    void tellsWeComByTheKeyOfTheGroup() throws Exception {
        PlayedVendor.Play play =
                asked -> {
                    String type = asked.json().path("msgtype").asString();
                    String content = asked.json().path(type).path("content").asString();
                    int bytes = content.getBytes(StandardCharsets.UTF_8).length;
                    if (!"t-1".equals(asked.query().get("key"))) {
                        return new Said(200, "{\"errcode\":93000,\"errmsg\":\"invalid webhook\"}");
                    }
                    return bytes > (type.equals("text") ? 2048 : 4096)
                            ? new Said(200, "{\"errcode\":40058,\"errmsg\":\"content too long\"}")
                            : new Said(200, "{\"errcode\":0,\"errmsg\":\"ok\"}");
                };
        try (PlayedVendor vendor = new PlayedVendor(play)) {
            Map<String, Object> plain = Map.of("url", vendor.url(), "key", "${secret:token}");
            assertTrue(send(ChannelKind.WECOM, plain, WICKED + "错".repeat(5_000)).ok());
            String text = vendor.asked().json().path("markdown").path("content").asString();
            assertFalse(text.contains("<b>"), text);
            assertTrue(text.endsWith("(http://mortise/p/sales/runs/r1)"), text);

            Map<String, Object> mentions = new HashMap<>(plain);
            mentions.put("mentioned_mobiles", List.of("13800000000"));
            assertTrue(send(ChannelKind.WECOM, mentions, "错".repeat(5_000)).ok());
            assertEquals("text", vendor.asked().json().path("msgtype").asString());

            Map<String, Object> wrong = new HashMap<>(plain);
            wrong.put("key", "${secret:pass}");
            assertTrue(send(ChannelKind.WECOM, wrong, "x").text().contains("93000"));
        }
    }

    @Test
    void signsWebhooksOverTimeAndBody() throws Exception {
        PlayedVendor.Play play =
                asked -> {
                    String signed = asked.header("X-Mortise-Timestamp") + "." + asked.body();
                    String expected = "sha256=" + HexFormat.of().formatHex(raw("SEC0123", signed));
                    boolean same = expected.equals(asked.header("X-Mortise-Signature"));
                    return new Said(same ? 204 : 401, "");
                };
        try (PlayedVendor vendor = new PlayedVendor(play)) {
            Map<String, Object> settings =
                    Map.of("url", vendor.url() + "/in", "secret", "${secret:sign}");
            assertTrue(send(ChannelKind.WEBHOOK, settings, "x").ok());
            Map<String, Object> wrong = new HashMap<>(settings);
            wrong.put("secret", "${secret:pass}");
            assertEquals(401, send(ChannelKind.WEBHOOK, wrong, "x").status());
        }
    }

    @Test
    void readsWhatSlackAndTeamsSay() throws Exception {
        PlayedVendor.Play play =
                asked ->
                        switch (asked.path()) {
                            case "/slack" -> new Said(200, "ok");
                            case "/teams" -> new Said(202, "");
                            case "/lost" ->
                                    new Said(
                                            200, "Webhook message delivery failed with error: 429");
                            default -> new Said(404, "no_service");
                        };
        try (PlayedVendor vendor = new PlayedVendor(play)) {
            assertTrue(hook(ChannelKind.SLACK, vendor.url() + "/slack").ok());
            String text = vendor.asked().json().path("text").asString();
            assertTrue(text.contains("&lt;b&gt;"), text);
            assertEquals("no_service", hook(ChannelKind.SLACK, vendor.url() + "/x").text());
            assertTrue(hook(ChannelKind.TEAMS, vendor.url() + "/teams").ok());
            Answer lost = hook(ChannelKind.TEAMS, vendor.url() + "/lost");
            assertTrue(!lost.ok() && lost.again());
        }
    }

    private Answer hook(ChannelKind kind, String url) {
        Channels all = MadeChannels.in(database, Map.of("url", url));
        Map<String, Object> settings = Map.of("url", "${secret:url}", "reach", "private");
        Channel channel = new Channel("c", "sales", "c", kind, settings, "en", 1);
        return all.send(channel, List.of(message(WICKED)), NOW);
    }

    @Test
    void reachesNothingInsideUnlessAllowed() throws Exception {
        try (PlayedVendor vendor = new PlayedVendor(asked -> new Said(200, "ok"))) {
            Map<String, Object> settings =
                    Map.of(
                            "url", vendor.url(),
                            "secret", "${secret:sign}",
                            "reach", "public");
            Answer refused = send(ChannelKind.WEBHOOK, settings, "x");
            assertFalse(refused.ok());
            assertTrue(refused.text().contains("loopback"), refused.text());
            assertEquals(null, vendor.last.get());
        }
    }

    @Test
    void sendsMailWithALogin() throws Exception {
        try (PlayedMail mail = new PlayedMail("me", "geheim", "250 queued as 1")) {
            Answer answer = mail(mail, "none", "${secret:pass}");
            assertTrue(answer.ok(), answer.toString());
            assertTrue(answer.text().contains("queued as 1"), answer.text());
            String said = mail.mail();
            assertTrue(said.contains("RCPT TO:<ops@example.com>"), said);
            assertTrue(said.contains("Subject: =?UTF-8?"), said);

            assertEquals(535, mail(mail, "none", "${secret:sign}").status());
        }
        try (PlayedMail full = new PlayedMail("me", "geheim", "452 4.2.2 mailbox full")) {
            assertTrue(mail(full, "none", "${secret:pass}").again());
        }
    }

    @Test
    void neverSendsALoginInClearWhenTlsIsAskedFor() throws Exception {
        try (PlayedMail mail = new PlayedMail("me", "geheim", "250 ok")) {
            assertFalse(mail(mail, "starttls", "${secret:pass}").ok());
            assertFalse(mail.mail().contains("AUTH"), mail.mail());
        }
    }

    private Answer mail(PlayedMail mail, String security, String password) {
        return send(
                ChannelKind.EMAIL,
                Map.of(
                        "host",
                        "127.0.0.1",
                        "port",
                        "" + mail.port(),
                        "security",
                        security,
                        "username",
                        "me",
                        "password",
                        password,
                        "from",
                        "mortise@example.com",
                        "to",
                        List.of("ops@example.com")),
                "kaputt");
    }

    @Test
    void mergesManyIntoOneText() {
        List<Message> many = IntStream.range(0, 30).mapToObj(i -> message("e" + i)).toList();
        Text text = Texts.of("en").merged(many);
        assertEquals("30 alerts", text.title());
        assertEquals(21, text.lines().size());
        assertEquals("and 10 more", text.lines().getLast().value());
    }

    @Test
    void putsFieldsIntoTextsOfOnesOwn() {
        Text text =
                Texts.of("en")
                        .text(
                                message("boom"),
                                Map.of("title", "{flow}!", "text", "{error}/{code}"));
        assertEquals("orders!", text.title());
        assertEquals("boom/CONNECTION_REFUSED", text.lines().getFirst().value());
    }

    @Test
    void hasEveryTextInBothLanguages() throws Exception {
        for (String language : List.of("zh", "en")) {
            for (Message.Event event : Message.Event.values()) {
                String title = Texts.of(language).title(message("x").as(event, 2, NOW));
                assertFalse(title.contains("event."), title);
                assertFalse(title.contains("{"), title);
            }
        }
    }

    @Test
    void refusesSecretsInClearWithoutRepeatingThem() {
        Map<String, Object> settings =
                Map.of("access_token", "SEKRIT", "secrte", "x", "reach", "moon");
        Channel channel = new Channel("c", "p", "", ChannelKind.DINGTALK, settings, "fr", 1);
        var problems = ChannelRules.problems(channel);
        assertEquals(5, problems.size(), problems.toString());
        assertFalse(problems.toString().contains("SEKRIT"));
    }
}
