package dev.mortise.api.auth;

import dev.mortise.api.recipe.Recipe;
import dev.mortise.api.recipe.Setting;
import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The option `sign`, as forms show it; [Sign] reads it. Made of the recipes that are shipped.
public final class SignOptions {
    private static final Map<String, Sentence> WORDS = words();

    private SignOptions() {}

    /// The option alone: reading every recipe takes a while.
    public static Option option() {
        return tree("sign", Sentence.of("How each call is signed.", "每次调用的签名方式。")).asSecret();
    }

    /// The option with all recipes and the settings of each.
    public static Option described() {
        List<Option> parts = new ArrayList<>(recipes(_ -> true));
        parts.add(
                Option.text(
                        "open",
                        Sentence.of("Where an answer holds what the recipe opens.", "应答中密文所在的路径。"),
                        "$.encrypted"));
        List<Option> answers = new ArrayList<>(recipes(Recipe::signs));
        answers.add(
                Option.text(
                        "except",
                        Sentence.of("A resource that is not signed.", "应答不签名的资源。"),
                        "bills"));
        parts.add(
                tree("answers", Sentence.of("How answers are verified.", "应答的验签方式。")).of(answers));
        return option().of(parts);
    }

    private static Option tree(String name, Sentence sentence) {
        return Option.tree(name, sentence, "{recipe: kingdee, app_id: '${env:APP_ID}'}");
    }

    private static List<Option> recipes(Predicate<Recipe> wanted) {
        List<Recipe> recipes = Recipe.shipped().stream().filter(wanted).toList();
        Map<Option, List<String>> settings = new LinkedHashMap<>();
        for (Recipe recipe : recipes) {
            for (Setting setting : recipe.settings()) {
                settings.computeIfAbsent(option(setting), _ -> new ArrayList<>())
                        .add(recipe.name());
            }
        }
        List<Option> parts = new ArrayList<>();
        parts.add(
                Option.choice(
                                "recipe",
                                recipes.stream().map(Recipe::name).toList(),
                                Sentence.of("The vendor's rule.", "厂商的签名规则。"))
                        .titled(
                                recipes.stream()
                                        .collect(Collectors.toMap(Recipe::name, Recipe::title)))
                        .asRequired());
        settings.forEach(
                (option, names) -> parts.add(option.when("recipe", names.toArray(String[]::new))));
        return parts;
    }

    private static Option option(Setting setting) {
        Option text =
                Option.text(
                        setting.name(),
                        WORDS.getOrDefault(
                                setting.name(), Sentence.of("Of this recipe.", "该规则的参数。")),
                        setting.example());
        Option secret = setting.secret() ? text.asSecret() : text;
        Option needed = setting.required() ? secret.asRequired() : secret;
        Option option = setting.fallback().isEmpty() ? needed : needed.or(setting.fallback());
        return setting.name().matches(".*(key|_sn)") ? AuthOptions.orFile(option) : option;
    }

    /// What settings are, for people who know the vendor's page and not our words.
    private static Map<String, Sentence> words() {
        Map<String, Sentence> words = new LinkedHashMap<>();
        say(words, "access_key", "Access key (AK).", "访问密钥（AK）。");
        say(words, "access_key_id", "Access key id.", "AccessKey ID。");
        say(words, "access_key_secret", "Access key secret.", "AccessKey Secret。");
        say(words, "access_token", "Access token.", "访问令牌。");
        say(words, "acct_id", "Id of the account set.", "账套 ID。");
        say(words, "aes_key", "Key of the encryption (EncodingAESKey).", "加解密密钥（EncodingAESKey）。");
        say(words, "alipay_key", "Alipay's public key or certificate.", "支付宝公钥或证书。");
        say(words, "alipay_private_key", "Alipay's private key, for tests.", "支付宝私钥（仅测试）。");
        say(words, "api_v3_key", "API v3 key.", "APIv3 密钥。");
        say(words, "app_cert_sn", "Serial of the app's certificate.", "应用公钥证书序列号或证书。");
        say(words, "app_id", "Id of the application.", "应用 ID。");
        say(words, "app_key", "Key (id) of the application.", "应用 Key。");
        say(words, "app_secret", "Secret of the application.", "应用密钥。");
        say(words, "app_token", "Token of the application.", "应用 Token。");
        say(words, "client_id", "Id of the client.", "客户端 ID。");
        say(words, "client_secret", "Secret of the client.", "客户端密钥。");
        say(words, "encrypt_key", "Encrypt Key of the application.", "应用的 Encrypt Key。");
        say(words, "key_id", "Id of the key.", "密钥 ID。");
        say(words, "lcid", "Language of the account set.", "账套语言。");
        say(words, "mchid", "Merchant number.", "商户号。");
        say(words, "org_num", "Number of the organisation.", "组织编码。");
        say(words, "platform_key", "The platform's public key or certificate.", "平台公钥或证书。");
        say(words, "platform_private_key", "The platform's private key, for tests.", "平台私钥（仅测试）。");
        say(words, "private_key", "Our private key.", "我方私钥。");
        say(words, "public_key", "Public key or certificate.", "公钥或证书。");
        say(words, "receiver", "Id of the receiver (corp id, suite key).", "接收方 ID（CorpID 等）。");
        say(words, "region", "Region of the service.", "服务所在地域。");
        say(words, "root_cert_sn", "Serial of Alipay's root certificate.", "支付宝根证书序列号或证书。");
        say(words, "sdk_id", "SDK id.", "SDK ID。");
        say(words, "secret", "The secret.", "密钥。");
        say(words, "secret_access_key", "Secret access key.", "Secret Access Key。");
        say(words, "secret_id", "Secret id.", "SecretId。");
        say(words, "secret_key", "Secret key (SK).", "SecretKey（SK）。");
        say(words, "serial", "Serial of the certificate, or id of the key.", "证书序列号或公钥 ID。");
        say(words, "service", "Name of the service.", "服务名称。");
        say(words, "sign_key", "Key of the signature.", "签名密钥。");
        say(words, "signing_secret", "Secret of the signature.", "签名密钥。");
        say(words, "sm4_key", "SM4 key.", "SM4 密钥。");
        say(words, "token", "Token of the subscription.", "订阅的 Token。");
        say(words, "user", "Name of the user.", "用户名。");
        return Map.copyOf(words);
    }

    private static void say(Map<String, Sentence> words, String name, String en, String zh) {
        words.put(name, Sentence.of(en, zh));
    }
}
