package dev.mortise.api.auth;

import dev.mortise.api.token.TokenOptions;
import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The option `auth`, as forms show it; [AuthReader] reads it. A test holds the two together.
public final class AuthOptions {
    private static final String KIND = "kind";

    private AuthOptions() {}

    /// The option with all kinds and what each of them asks for.
    public static Option option() {
        return Option.tree(
                        "auth",
                        Sentence.of("How to sign in.", "鉴权方式。"),
                        "{kind: bearer, token: '${env:API_TOKEN}'}")
                .asSecret()
                .of(parts());
    }

    private static List<Option> parts() {
        List<Option> parts = new ArrayList<>();
        parts.add(kind());
        parts.addAll(simple());
        parts.addAll(jwt());
        parts.addAll(OAuthOptions.parts());
        parts.addAll(LoginOptions.parts());
        TokenOptions.rules().forEach(each -> parts.add(each.when(KIND, "oauth2", "login")));
        parts.add(place().when(KIND, "jwt", "oauth2", "login"));
        parts.add(
                Option.text(
                        "csrf",
                        Sentence.of(
                                "Path that gives the X-CSRF-Token of writing calls (SAP).",
                                "返回写入请求所需 X-CSRF-Token 的路径（SAP）。"),
                        "/sap/opu/odata/sap/API_SALES_ORDER_SRV/"));
        return parts;
    }

    private static Option kind() {
        return Option.choice(KIND, Auth.KINDS, Sentence.of("How to sign in.", "鉴权方式。"))
                .titled(
                        Map.of(
                                "none", Sentence.of("No sign-in", "无需鉴权"),
                                "basic", Sentence.of("User and password", "用户名与密码"),
                                "bearer", Sentence.of("A fixed token", "固定令牌"),
                                "api_key", Sentence.of("API key", "API 密钥"),
                                "digest", Sentence.of("Digest (RFC 7616)", "摘要认证（RFC 7616）"),
                                "jwt", Sentence.of("A JWT signed by us", "自签 JWT"),
                                "oauth2", Sentence.of("OAuth 2", "OAuth 2"),
                                "login", Sentence.of("A login call of the vendor", "厂商登录接口")))
                .asRequired();
    }

    private static List<Option> simple() {
        return List.of(
                Option.text("user", Sentence.of("Name of the user.", "用户名。"), "app")
                        .asRequired()
                        .when(KIND, "basic", "digest"),
                Option.text(
                                "password",
                                Sentence.of("Password of the user.", "用户密码。"),
                                "${env:API_PASSWORD}")
                        .asRequired()
                        .asSecret()
                        .when(KIND, "basic", "digest"),
                Option.text(
                                "token",
                                Sentence.of("Token each call carries.", "每次调用携带的令牌。"),
                                "${env:API_TOKEN}")
                        .asRequired()
                        .asSecret()
                        .when(KIND, "bearer"),
                Option.text(
                                "name",
                                Sentence.of(
                                        "Name of the header, parameter or cookie.",
                                        "请求头、参数或 Cookie 的名称。"),
                                "X-Api-Key")
                        .asRequired()
                        .when(KIND, "api_key"),
                Option.text("value", Sentence.of("The key itself.", "密钥的值。"), "${env:API_KEY}")
                        .asRequired()
                        .asSecret()
                        .when(KIND, "api_key"),
                Option.choice(
                                "in",
                                List.of("header", "query", "cookie"),
                                Sentence.of("Where the key goes.", "密钥放在哪里。"))
                        .or("header")
                        .when(KIND, "api_key"));
    }

    private static List<Option> jwt() {
        List<Option> parts = new ArrayList<>();
        Signers.options("HS256").forEach(each -> parts.add(each.when(KIND, "jwt")));
        parts.add(
                Option.duration("life", Sentence.of("How long one is valid.", "每个令牌的有效期。"), "5m")
                        .or("5m")
                        .when(KIND, "jwt"));
        parts.add(
                pairs("claims", Sentence.of("Claims beside iat and exp.", "除 iat、exp 外的声明。"))
                        .when(KIND, "jwt"));
        parts.add(
                pairs("header", Sentence.of("Further header fields.", "附加的头部字段。"))
                        .when(KIND, "jwt"));
        return parts;
    }

    private static Option place() {
        return Option.tree(
                        "place",
                        Sentence.of(
                                "Where calls carry the token, unless it is Authorization.",
                                "令牌的位置（默认 Authorization 请求头）。"),
                        "{header: X-Token}")
                .of(
                        List.of(
                                Option.text("header", Sentence.of("Header.", "请求头。"), "X-Token"),
                                Option.text(
                                        "prefix",
                                        Sentence.of(
                                                "Stands before the token, with its space.",
                                                "令牌前的文字（含空格）。"),
                                        "'Token '"),
                                Option.text(
                                        "query",
                                        Sentence.of("Parameter.", "查询参数。"),
                                        "access_token"),
                                Option.text(
                                        "cookie", Sentence.of("Cookie.", "Cookie。"), "SESSION")));
    }

    /// Names of the author's choice with a text each.
    static Option pairs(String name, Sentence sentence) {
        return Option.tree(name, sentence, "{name: value}")
                .of(List.of(Option.text(Shape.ANY, sentence, "value")));
    }

    /// A text, or the file of the project that holds it.
    static Option orFile(Option text) {
        return text.of(
                List.of(
                        Option.text(
                                        "file",
                                        Sentence.of(
                                                "Path below the project's folder.", "项目文件夹下的路径。"),
                                        "keys/app.pem")
                                .asRequired()));
    }
}
