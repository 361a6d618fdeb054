package dev.mortise.api.auth;

import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What `kind: oauth2` asks for, as forms show it; [OAuthPlan] reads it.
final class OAuthOptions {
    private static final String KEY_PROOF = "private_key_jwt";
    private static final String SECRET_PROOF = "client_secret_jwt";

    /// Grants at which the client is always named.
    private static final String[] NAMED = {
        "client_credentials", "authorization_code", "refresh_token", "token_exchange"
    };

    private OAuthOptions() {}

    static List<Option> parts() {
        List<Option> parts = new ArrayList<>();
        parts.add(
                Option.text(
                                "token_url",
                                Sentence.of("Where tokens are had.", "获取令牌的地址。"),
                                "https://login.example.com/oauth/token")
                        .asRequired());
        parts.add(grant());
        parts.addAll(client());
        parts.addAll(byGrant());
        parts.addAll(proof());
        parts.add(
                Option.text(
                        "scope",
                        Sentence.of("Rights asked for, a space between.", "申请的权限，空格分隔。"),
                        "orders.read"));
        parts.add(
                AuthOptions.pairs(
                        "params", Sentence.of("Further fields of the token call.", "令牌请求的附加字段。")));
        parts.add(
                AuthOptions.pairs(
                        "token_headers", Sentence.of("Headers of the token call.", "令牌请求的请求头。")));
        return parts.stream().map(each -> each.when("kind", "oauth2")).toList();
    }

    private static Option grant() {
        return Option.choice(
                        "grant",
                        OAuthPlan.FLOWS,
                        Sentence.of("What a token is asked for with.", "授权方式。"))
                .or("client_credentials")
                .titled(
                        Map.of(
                                "client_credentials", Sentence.of("The client's own", "客户端凭据"),
                                "authorization_code",
                                        Sentence.of("Consent of a person", "用户授权（授权码）"),
                                "refresh_token", Sentence.of("A refresh token", "刷新令牌"),
                                "jwt_bearer", Sentence.of("A signed assertion", "JWT 断言"),
                                "token_exchange", Sentence.of("Another token", "令牌交换")));
    }

    private static List<Option> client() {
        Option id =
                Option.text("client_id", Sentence.of("Id of the client.", "客户端 ID。"), "mortise");
        Option secret =
                Option.text(
                                "client_secret",
                                Sentence.of("Secret of the client.", "客户端密钥。"),
                                "${env:API_SECRET}")
                        .asSecret();
        Option way =
                Option.choice(
                        "client_auth",
                        OAuthPlan.CLIENT_WAYS,
                        Sentence.of("How the client proves itself.", "客户端身份的证明方式。"));
        String[] secretWays = {"header", "body", SECRET_PROOF};
        String[] namedWays = {"header", "body", SECRET_PROOF, KEY_PROOF};
        return List.of(
                id.asRequired().when("grant", NAMED),
                way.or("header").when("grant", NAMED),
                secret.asRequired().when("grant", NAMED).when("client_auth", secretWays),
                // An assertion may speak for a client that is not named at all.
                way.when("grant", "jwt_bearer"),
                id.asRequired().when("grant", "jwt_bearer").when("client_auth", namedWays),
                id.when("grant", "jwt_bearer").when("client_auth", "none"),
                secret.asRequired().when("grant", "jwt_bearer").when("client_auth", secretWays));
    }

    private static List<Option> byGrant() {
        return List.of(
                Option.text(
                                "authorize_url",
                                Sentence.of("Page on which a person consents.", "用户授权页面的地址。"),
                                "https://login.example.com/authorize")
                        .asRequired()
                        .when("grant", "authorization_code"),
                AuthOptions.pairs(
                                "authorize_params",
                                Sentence.of("Further fields of its address.", "授权地址的附加参数。"))
                        .when("grant", "authorization_code"),
                Option.text(
                                "refresh_token",
                                Sentence.of("The first refresh token.", "首个刷新令牌。"),
                                "${env:API_REFRESH}")
                        .asRequired()
                        .asSecret()
                        .when("grant", "refresh_token"),
                Option.text(
                                "subject_token",
                                Sentence.of("The token to exchange.", "用于交换的令牌。"),
                                "${env:SUBJECT_TOKEN}")
                        .asRequired()
                        .asSecret()
                        .when("grant", "token_exchange"),
                Option.text(
                                "subject_token_type",
                                Sentence.of("Its type, as a URN.", "该令牌的类型（URN）。"),
                                dev.mortise.api.token.GrantRequest.ACCESS_TOKEN)
                        .when("grant", "token_exchange"),
                assertion("issuer", "Issuer of the assertion.", "断言的签发者。"),
                assertion("subject", "Whom it speaks for.", "断言的主体。"),
                assertion("audience", "Whom it is for.", "断言的受众。"));
    }

    private static Option assertion(String name, String en, String zh) {
        return Option.text(name, Sentence.of(en, zh), "mortise").when("grant", "jwt_bearer");
    }

    private static List<Option> proof() {
        List<Option> parts = new ArrayList<>();
        Signers.options("RS256").forEach(each -> parts.add(each.when("grant", "jwt_bearer")));
        Signers.options("RS256")
                .forEach(
                        each ->
                                parts.add(
                                        each.when("grant", NAMED).when("client_auth", KEY_PROOF)));
        parts.add(
                Option.choice(
                                "algorithm",
                                List.of("HS256", "HS384", "HS512"),
                                Sentence.of("How it is signed.", "签名算法。"))
                        .or("HS256")
                        .when("grant", NAMED)
                        .when("client_auth", SECRET_PROOF));
        parts.add(
                Option.text(
                                "client_audience",
                                Sentence.of("Whom the client's proof is for.", "客户端证明的受众。"),
                                "https://login.example.com/oauth/token")
                        .when("client_auth", KEY_PROOF, SECRET_PROOF));
        return parts;
    }
}
