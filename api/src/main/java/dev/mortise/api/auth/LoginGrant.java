package dev.mortise.api.auth;

import dev.mortise.api.answer.Answer;
import dev.mortise.api.answer.AnswerPath;
import dev.mortise.api.answer.Document;
import dev.mortise.api.auth.LoginPlan.Discovery;
import dev.mortise.api.auth.LoginPlan.Request;
import dev.mortise.api.auth.Wire.Heard;
import dev.mortise.api.egress.Uris;
import dev.mortise.api.recipe.Message;
import dev.mortise.api.token.Ask;
import dev.mortise.api.token.Grant;
import dev.mortise.api.token.Granted;
import dev.mortise.api.write.Holes;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/// Makes the vendor's own call that gives a token or a session, after asking for the hosts of the
/// tenant where they differ.
record LoginGrant(LoginPlan plan, URI base, Wire wire, InstantSource clock) implements Grant {
    /// Where the grant keeps the address of the tenant.
    static final String BASE = "base_url";

    private static final String FIX = "check 'request' of 'auth', its secrets and its 'sign'";

    /// The addresses of a tenant.
    private record Hosts(URI api, URI token) {}

    @Override
    public Granted ask(Ask ask) {
        Hosts hosts = plan.discovery().map(this::discovered).orElse(new Hosts(base, base));
        Map<String, String> known = known(ask);
        Request request = known.isEmpty() ? plan.request() : plan.renewal().orElseThrow();
        Message call = call(request, hosts.token(), known);
        Heard heard = wire.send(call);
        GrantRefused.check(wire, call, heard, FIX);
        Granted granted =
                plan.cookie().isEmpty()
                        ? plan.answer().parse(heard.answer().body(), clock.instant())
                        : session(heard.answer());
        Map<String, String> told = new LinkedHashMap<>(granted.told());
        plan.discovery().ifPresent(_ -> told.put(BASE, hosts.api().toString()));
        Optional<Secret> refresh = granted.refreshToken().filter(_ -> plan.renewal().isPresent());
        refresh.ifPresent(token -> wire.conceal(token.reveal()));
        return new Granted(granted.value(), granted.expiresAt(), refresh, told);
    }

    /// What `{token}` and `{access}` stand for; nothing when the call is not one that renews.
    private Map<String, String> known(Ask ask) {
        if (!(ask instanceof Ask.Refresh(var refresh, var access, _)) || plan.renewal().isEmpty()) {
            return Map.of();
        }
        Map<String, String> known = new HashMap<>();
        known.put("token", refresh.reveal());
        known.put("access", access.map(Secret::reveal).orElse(""));
        known.values().forEach(wire::conceal);
        return known;
    }

    private Hosts discovered(Discovery discovery) {
        URI url = Uris.with(discovery.url(), discovery.params());
        Message call = Message.request("GET", url, Map.of("Accept", "application/json"), none());
        Heard heard = wire.send(call);
        GrantRefused.check(wire, call, heard, "check 'discover' of 'auth'");
        Document answer = Document.of(heard.answer().body());
        URI api = discovery.base().map(path -> host(answer, path, call)).orElse(base);
        return new Hosts(api, discovery.token().map(p -> host(answer, p, call)).orElse(api));
    }

    private URI host(Document answer, AnswerPath path, Message call) {
        return answer.text(path)
                .flatMap(text -> Uris.resolve(base, text))
                .filter(found -> Uris.secure(found) || !Uris.secure(base))
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        ProblemCode.SERVER_FAILED,
                                        "expected at '%s' of the answer from '%s' an https address"
                                                .formatted(path, call.host()),
                                        "check 'discover' of 'auth'"));
    }

    private Granted session(Answer answer) {
        List<String> headers = answer.headers().getOrDefault("set-cookie", List.of());
        Map<String, String> cookies = Cookies.set(headers);
        if (!cookies.containsKey(plan.cookie())) {
            throw ProblemException.of(
                    ProblemCode.LOGIN_REFUSED,
                    "expected the login to set the cookie '%s', got %s"
                            .formatted(plan.cookie(), cookies.keySet()),
                    FIX);
        }
        return new Granted(
                new Secret(Cookies.header(cookies)), Optional.empty(), Optional.empty(), Map.of());
    }

    private Message call(Request request, URI host, Map<String, String> known) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        byte[] body = none();
        if (request.body().isPresent()) {
            body = request.form() ? form(request, known) : JsonBody.bytes(filled(request, known));
            headers.put(
                    "Content-Type",
                    request.form()
                            ? "application/x-www-form-urlencoded"
                            : "application/json; charset=utf-8");
        }
        request.headers().forEach((name, value) -> headers.put(name, fill(value, known)));
        Map<String, String> params = new LinkedHashMap<>();
        request.params().forEach((name, value) -> params.put(name, fill(value, known)));
        Map<String, String> encoded = new HashMap<>(known);
        encoded.replaceAll((_, value) -> Uris.encode(value));
        URI url = Uris.with(below(host, fill(request.url(), encoded)), params);
        Message call = Message.request(request.method(), url, headers, body);
        return request.sign().map(sign -> sign.sign(call, clock)).orElse(call);
    }

    private static URI below(URI host, String url) {
        if (!url.matches("(?i)https?://.*")) {
            return Uris.below(host, url, Map.of());
        }
        URI there = Uris.resolve(host, url).orElse(host);
        if (Uris.secure(host) && !Uris.secure(there)) {
            throw ProblemException.of(
                    ProblemCode.OPTION_INVALID,
                    "expected an https address in 'url' of 'auth': secrets go there, and the API"
                            + " has one",
                    "write https, or a path below 'base_url'");
        }
        return there;
    }

    private static dev.mortise.spi.option.Tree filled(Request request, Map<String, String> known) {
        return JsonBody.filled(request.body().orElseThrow(), text -> fill(text, known));
    }

    private static byte[] form(Request request, Map<String, String> known) {
        StringJoiner form = new StringJoiner("&");
        JsonBody.object(filled(request, known))
                .forEach((name, v) -> form.add(Uris.encode(name) + "=" + Uris.encode("" + v)));
        return form.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String fill(String text, Map<String, String> known) {
        return Holes.fill(text, name -> known.getOrDefault(name, "{" + name + "}"));
    }

    private static byte[] none() {
        return new byte[0];
    }
}
