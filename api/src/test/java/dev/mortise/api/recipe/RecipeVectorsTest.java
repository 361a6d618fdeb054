package dev.mortise.api.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Signatures that vendors and standards have published, and vectors of the project's own.
final class RecipeVectorsTest {
    private static Keys keys(String... namesAndValues) {
        Keys keys = Keys.none();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            keys = keys.with(namesAndValues[i], new Secret(namesAndValues[i + 1]));
        }
        return keys;
    }

    private static Signing at(String instant) {
        return new Signing(() -> Instant.parse(instant), new Random(1), Map.of());
    }

    private static Message get(String host, String path, String query, Pair... headers) {
        return new Message("GET", "https", host, path, query, List.of(headers), new byte[0]);
    }

    private static Message post(String path, String body, Pair... headers) {
        return new Message(
                "POST",
                "https",
                "example.com",
                path,
                "",
                List.of(headers),
                TestMessages.utf8(body));
    }

    private static String text(Message message) {
        return new String(message.body(), StandardCharsets.UTF_8);
    }

    private static String header(Message message, String name) {
        List<String> values = message.headers(name);
        assertEquals(1, values.size(), name);
        return values.getFirst();
    }

    private static void accepts(String recipe, Message signed, Keys keys, Signing signing) {
        Verdict verdict = Recipe.shipped(recipe).verify(signed, keys, signing, Seen.nothing());
        assertTrue(verdict.accepted(), verdict::toString);
    }

    /// Standard Webhooks, the sample of its reference libraries (TV1).
    @Test
    void standardWebhooks() {
        Keys keys = keys("secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        Signing signing = at("2021-02-25T15:02:10Z").with("id", "msg_p5jXN8AQM9LWM0D4loKWxJek");
        Message signed =
                Recipe.shipped("standard-webhooks")
                        .sign(post("/", "{\"test\": 2432232314}"), keys, signing);
        assertEquals("1614265330", header(signed, "webhook-timestamp"));
        assertEquals(
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                header(signed, "webhook-signature"));
        accepts("standard-webhooks", signed, keys, signing);
    }

    /// Kingdee, from a public client (TV2).
    @Test
    void kingdee() {
        Keys keys =
                keys(
                        "app_id", "123456_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4",
                        "app_secret", "test-app-secret-value",
                        "acct_id", "dcid-1",
                        "user", "user-1",
                        "org_num", "100");
        Signing signing = at("2023-11-14T22:13:20Z").with("nonce", "1700000000");
        Message signed =
                Recipe.shipped("kingdee")
                        .sign(
                                post(
                                        "/K3Cloud/Kingdee.BOS.WebApi.ServicesStub"
                                                + ".DynamicFormService.ExecuteBillQuery"
                                                + ".common.kdsvc",
                                        "{}"),
                                keys,
                                signing);
        assertEquals("123456", header(signed, "X-Api-ClientID"));
        assertEquals(
                "MjNhMzg5MmZiMWE1MTQ1ZGE5NWFkYmZiZWYxYzhlY2NjNzcwM2ZjNDJlZTczMzBhNzkxOTk1ODhjNDZk"
                        + "MTEzYw==",
                header(signed, "X-Api-Signature"));
        assertEquals(
                "NjI5MzRiZGVhNGJhOWY2N2Y2YzQ2MzQ5ODA3N2JiZTRiMDRmOTUwNjI3YWIzODU1ODBkZDdhNzgwMzdm"
                        + "MDgxMg==",
                header(signed, "X-Kd-Signature"));
        accepts("kingdee", signed, keys, signing);
    }

    /// Feishu, from its documentation (TV3).
    @Test
    void feishuOpens() {
        Message event = post("/", "{\"encrypt\":\"P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=\"}");
        Message opened =
                Recipe.shipped("feishu-event")
                        .open(event, keys("encrypt_key", "test key"), Signing.system());
        assertEquals("hello world", text(opened));
    }

    /// DingTalk and WeCom share this envelope (TV4).
    @Test
    void dingtalkSealsAndSigns() {
        Keys keys = keys("token", "123456", "aes_key", TestKeys.AES_KEY, "receiver", "ding123");
        Signing signing =
                at("2023-11-14T22:13:20Z")
                        .with("salt", "0123456789abcdef")
                        .with("nonce", "nEXhMP4rnEXhMP4r");
        Recipe recipe = Recipe.shipped("dingtalk-callback");
        Message sealed = recipe.seal(post("/hook", "success"), keys, signing);
        assertEquals(
                "{\"encrypt\":\"HcA0QDKRG/U9FnFvX30Rg1Db3IBr+oyV2dDHb0LHePsmWrPOZjd320kaT5sKJK41"
                        + "PcNetWp9fmL/B8ouBn8dqw==\"}",
                text(sealed));
        Message signed = recipe.sign(sealed, keys, signing);
        assertEquals(
                "msg_signature=0d76337e5d482805d9895e8ea2779c179d7cf64f"
                        + "&timestamp=1700000000000&nonce=nEXhMP4rnEXhMP4r",
                signed.rawQuery());
        accepts("dingtalk-callback", signed, keys, signing);
        assertEquals("success", text(recipe.open(signed, keys, signing)));
    }

    /// Yonyou (TV5): encoded once, when placed.
    @Test
    void yonyouToken() {
        Keys keys = keys("app_key", "41832a3d2df94989b500da6a22268747", "app_secret", "testsecret");
        Signing signing = at("2019-09-10T06:55:31.823Z");
        Message signed = Recipe.shipped("yonyou-token").sign(get("x", "/t", ""), keys, signing);
        assertEquals(
                "appKey=41832a3d2df94989b500da6a22268747&timestamp=1568098531823"
                        + "&signature=1TKdFM6bxn501%2FhAsnjN54BJ80g%2FcR31DgoPRbW3Btk%3D",
                signed.rawQuery());
        accepts("yonyou-token", signed, keys, signing);
    }

    private static final Keys AWS =
            keys(
                    "access_key_id", "AKIDEXAMPLE",
                    "secret_access_key", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                    "region", "us-east-1",
                    "service", "service");

    /// AWS, get-vanilla and get-vanilla-query-order-key-case of its Signature V4 test suite.
    @Test
    void awsVanilla() {
        Signing signing = at("2015-08-30T12:36:00Z");
        Recipe recipe = Recipe.shipped("aws-sigv4");
        Message signed = recipe.sign(get("example.amazonaws.com", "/", ""), AWS, signing);
        assertEquals(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                        + " SignedHeaders=host;x-amz-date, Signature="
                        + "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
                header(signed, "Authorization"));
        accepts("aws-sigv4", signed, AWS, signing);
        Message query =
                recipe.sign(
                        get("example.amazonaws.com", "/", "Param2=value2&Param1=value1"),
                        AWS,
                        signing);
        assertTrue(
                header(query, "Authorization")
                        .endsWith(
                                "b97d918cfa904a5beff61c982a1b6f45"
                                        + "8b799221646efd99d3219ec94cdf2500"));
    }

    /// Alibaba Cloud, the sample of its page on RPC signatures.
    @Test
    void aliyunRpc() {
        Keys keys = keys("access_key_id", "testid", "access_key_secret", "testsecret");
        Signing signing =
                at("2016-02-23T12:46:24Z").with("nonce", "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf");
        Message signed =
                Recipe.shipped("aliyun-rpc")
                        .sign(
                                get(
                                        "ecs.aliyuncs.com",
                                        "/",
                                        "Action=DescribeRegions&Version=2014-05-26&Format=XML"),
                                keys,
                                signing);
        assertTrue(
                signed.rawQuery().endsWith("Signature=OLeaidS1JvxuMvnyHOwuJ%2BuX5qY%3D"),
                signed::rawQuery);
        accepts("aliyun-rpc", signed, keys, signing);
    }

    /// Alibaba Cloud, the fixed values of its page on V3 signatures.
    @Test
    void aliyunAcs3() {
        Keys keys =
                keys(
                        "access_key_id",
                        "YourAccessKeyId",
                        "access_key_secret",
                        "YourAccessKeySecret");
        Signing signing =
                at("2023-10-26T10:22:32Z").with("nonce", "3156853299f313e23d1673dc12e1703d");
        Message request =
                new Message(
                        "POST",
                        "https",
                        "ecs.cn-shanghai.aliyuncs.com",
                        "/",
                        "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"
                                + "&RegionId=cn-shanghai",
                        List.of(
                                new Pair("x-acs-action", "RunInstances"),
                                new Pair("x-acs-version", "2014-05-26")),
                        new byte[0]);
        Message signed = Recipe.shipped("aliyun-acs3").sign(request, keys, signing);
        assertEquals(
                "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;"
                        + "x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
                        + "Signature=06563a9e1b43f5dfe96b81484da74bce"
                        + "ab24a1d853912eee15083a6f0f3283c0",
                header(signed, "Authorization"));
        accepts("aliyun-acs3", signed, keys, signing);
    }

    /// Tencent Cloud, the sample of its page on TC3, with the masked key it prints.
    @Test
    void tencentTc3() {
        Keys keys =
                keys(
                        "secret_id", "AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******",
                        "secret_key", "Gu5t9xGARNpq86cd98joQYCN3*******",
                        "service", "cvm");
        Signing signing = at("2019-02-25T16:44:25Z");
        Message request =
                new Message(
                        "POST",
                        "https",
                        "cvm.tencentcloudapi.com",
                        "/",
                        "",
                        List.of(new Pair("Content-Type", "application/json; charset=utf-8")),
                        TestMessages.utf8(
                                "{\"Limit\": 1, \"Filters\": [{\"Values\": "
                                        + "[\"\\u672a\\u547d\\u540d\"], "
                                        + "\"Name\": \"instance-name\"}]}"));
        Message signed = Recipe.shipped("tencent-tc3").sign(request, keys, signing);
        assertEquals(
                "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******/2019-02-25/cvm/"
                        + "tc3_request, SignedHeaders=content-type;host, Signature="
                        + "2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c",
                header(signed, "Authorization"));
        accepts("tencent-tc3", signed, keys, signing);
    }

    /// GitHub, the testing values of its page on validating deliveries.
    @Test
    void github() {
        Keys keys = keys("secret", "It's a Secret to Everybody");
        Message signed =
                Recipe.shipped("github-webhook")
                        .sign(post("/", "Hello, World!"), keys, Signing.system());
        assertEquals(
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                header(signed, "X-Hub-Signature-256"));
        accepts("github-webhook", signed, keys, Signing.system());
    }

    /// Slack, the sample of its page on verifying requests.
    @Test
    void slack() {
        Keys keys = keys("signing_secret", "8f742231b10e8888abcd99yyyzzz85a5");
        String body =
                "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
                        + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA"
                        + "&user_name=roadrunner&command=%2Fwebhook-collect&text="
                        + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F"
                        + "397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                        + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        Message signed =
                Recipe.shipped("slack").sign(post("/", body), keys, at("2018-07-12T18:36:58Z"));
        assertEquals(
                "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
                header(signed, "X-Slack-Signature"));
        accepts("slack", signed, keys, at("2018-07-12T18:36:58Z"));
    }

    private static final Message RFC9421 =
            new Message(
                    "POST",
                    "https",
                    "example.com",
                    "/foo",
                    "param=Value&Pet=dog",
                    List.of(
                            new Pair("Host", "example.com"),
                            new Pair("Date", "Tue, 20 Apr 2021 02:07:55 GMT"),
                            new Pair("Content-Type", "application/json"),
                            new Pair("Content-Length", "18")),
                    TestMessages.utf8("{\"hello\": \"world\"}"));

    private static Recipe own(String yaml) {
        List<Problem> problems = new ArrayList<>();
        return Recipe.read("own.yaml", yaml, problems)
                .orElseThrow(() -> new AssertionError(problems.toString()));
    }

    /// RFC 9421, B.2.5, as a recipe a user might write.
    @Test
    void httpSignatureHmac() {
        Recipe recipe =
                own(
                        """
                        recipe: rfc9421-b25
                        settings: {secret: {secret: true}, key_id: {}}
                        sign:
                          created: now(unix_s)
                          key: secret | base64-decode
                          covered: '"(\\"date\\" \\"@authority\\" \\"content-type\\")"'
                          parameters: '"{covered};created={created};keyid=\\"{key_id}\\""'
                          lines: '"\\"date\\": {header(date)}\\n\\"@authority\\": {host}\\n"'
                          type: '"\\"content-type\\": {header(content-type)}\\n"'
                          text: '"{lines}{type}\\"@signature-params\\": {parameters}"'
                          signature: text | hmac-sha256(key) | base64
                        place:
                          header.Signature-Input:
                            'sig-b25={covered};created={created};keyid="{key_id}"'
                          header.Signature: 'sig-b25=:{signature}:'
                        """);
        Keys keys =
                keys(
                        "key_id",
                        "test-shared-secret",
                        "secret",
                        "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6p"
                                + "cl8jsasjlTMtDQ==");
        Message signed = recipe.sign(RFC9421, keys, at("2021-04-20T02:07:53Z"));
        assertEquals(
                "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:",
                header(signed, "Signature"));
        assertTrue(
                recipe.verify(signed, keys, at("2021-04-20T02:07:53Z"), Seen.nothing()).accepted());
    }

    /// RFC 9421, B.2.6, with the key of B.1.4 in its raw form.
    @Test
    void httpSignatureEd25519() {
        Recipe recipe =
                own(
                        """
                        recipe: rfc9421-b26
                        settings:
                          private_key: {secret: true, pair: public_key}
                          public_key: {}
                          key_id: {}
                        sign:
                          created: now(unix_s)
                          some: '"\\"date\\" \\"@method\\" \\"@path\\" \\"@authority\\""'
                          covered: '"({some} \\"content-type\\" \\"content-length\\")"'
                          one: '"\\"date\\": {header(date)}\\n\\"@method\\": {method}\\n"'
                          two: '"\\"@path\\": {path}\\n\\"@authority\\": {host}\\n"'
                          three: '"\\"content-type\\": {header(content-type)}\\n"'
                          four: '"\\"content-length\\": {header(content-length)}\\n"'
                          last: '"{covered};created={created};keyid=\\"{key_id}\\""'
                          text: '"{one}{two}{three}{four}\\"@signature-params\\": {last}"'
                          signature: text | ed25519(private_key) | base64
                        place:
                          header.Signature-Input:
                            'sig-b26={covered};created={created};keyid="{key_id}"'
                          header.Signature: 'sig-b26=:{signature}:'
                        """);
        Keys keys =
                keys(
                        "key_id", "test-key-ed25519",
                        "private_key", base64("n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU"),
                        "public_key", base64("JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs"));
        Message signed = recipe.sign(RFC9421, keys, at("2021-04-20T02:07:53Z"));
        assertEquals(
                "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQ"
                        + "v5lIp5WPpBKRCw==:",
                header(signed, "Signature"));
        assertTrue(
                recipe.verify(signed, keys, at("2021-04-20T02:07:53Z"), Seen.nothing()).accepted());
    }

    /// GB/T 32918.5-2017, A.2: key, user id and signature on the recommended curve.
    @Test
    void sm2() {
        Recipe recipe =
                own(
                        """
                        recipe: gbt-32918
                        settings:
                          private_key: {secret: true, pair: public_key}
                          public_key: {}
                        sign:
                          signature: body | sm2-sm3(private_key, "1234567812345678", raw) | HEX
                        place:
                          header.X-Sign: '{signature}'
                        """);
        Keys keys =
                keys(
                        "private_key",
                        "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8",
                        "public_key",
                        "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
                                + "CCEA490CE26775A52DC6EA718CC1AA60"
                                + "0AED05FBF35E084A6632F6072DA9AD13");
        String published =
                "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
                        + "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA";
        Message message = post("/", "message digest");
        Signing signing = Signing.system();
        assertTrue(
                recipe.verify(
                                message.withHeader("X-Sign", published),
                                keys,
                                signing,
                                Seen.nothing())
                        .accepted());
        Message signed = recipe.sign(message, keys, signing);
        assertTrue(recipe.verify(signed, keys, signing, Seen.nothing()).accepted());
    }

    private static String base64(String url) {
        return Base64.getEncoder().encodeToString(Base64.getUrlDecoder().decode(url));
    }
}
