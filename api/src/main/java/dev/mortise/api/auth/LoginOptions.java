package dev.mortise.api.auth;

import dev.mortise.api.token.TokenOptions;
import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import java.util.ArrayList;
import java.util.List;

/// What `kind: login` asks for, as forms show it; [LoginPlan] reads it.
final class LoginOptions {
    private LoginOptions() {}

    static List<Option> parts() {
        List<Option> parts = new ArrayList<>();
        parts.add(
                request("request", "The call that gives a token or a session.", "取得令牌或会话的请求。")
                        .asRequired());
        parts.addAll(TokenOptions.answer());
        parts.add(
                Option.text(
                        "cookie",
                        Sentence.of("The session cookie that is the token.", "作为令牌的会话 Cookie 名称。"),
                        "SESSION"));
        parts.add(
                request(
                        "refresh",
                        "The call that renews it; {token} is the refresh token.",
                        "续期请求；{token} 代表刷新令牌。"));
        parts.add(discovery());
        return parts.stream().map(each -> each.when("kind", "login")).toList();
    }

    private static Option request(String name, String en, String zh) {
        return Option.tree(name, Sentence.of(en, zh), "{url: /login, body: {user: app}}")
                .of(
                        List.of(
                                url("/auth/token"),
                                Option.choice(
                                        "method",
                                        List.of("POST", "GET"),
                                        Sentence.of(
                                                "POST where there is a body, GET otherwise.",
                                                "有请求体时默认 POST，否则 GET。")),
                                AuthOptions.pairs("body", Sentence.of("The body.", "请求体。")),
                                Option.choice(
                                                "body_as",
                                                List.of("json", "form"),
                                                Sentence.of("How it is written.", "请求体的格式。"))
                                        .or("json"),
                                AuthOptions.pairs("params", Sentence.of("Parameters.", "查询参数。")),
                                AuthOptions.pairs("headers", Sentence.of("Headers.", "请求头。")),
                                Option.tree(
                                                "sign",
                                                Sentence.of("Its signature.", "该请求的签名。"),
                                                "{recipe: kingdee}")
                                        .asSecret()));
    }

    private static Option url(String example) {
        return Option.text(
                        "url",
                        Sentence.of(
                                "Absolute, or relative to the address of the API.",
                                "完整地址，或相对于接口根地址的路径。"),
                        example)
                .asRequired();
    }

    private static Option discovery() {
        return Option.tree(
                        "discover",
                        Sentence.of("Finds the hosts of the tenant first.", "先查询租户所在的主机。"),
                        "{url: /location}")
                .of(
                        List.of(
                                url("/location"),
                                AuthOptions.pairs("params", Sentence.of("Parameters.", "查询参数。")),
                                Option.text(
                                        "base_url",
                                        Sentence.of(
                                                "Where the answer names the API's address.",
                                                "应答中接口地址所在的路径。"),
                                        "$.data.gatewayUrl"),
                                Option.text(
                                        "token_url",
                                        Sentence.of(
                                                "Where it names the address of tokens.",
                                                "应答中令牌地址所在的路径。"),
                                        "$.data.tokenUrl")));
    }
}
