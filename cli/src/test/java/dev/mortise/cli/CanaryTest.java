package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.connectors.memory.MemoryStore;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import dev.mortise.testkit.live.ScriptedApi.Request;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Secrets in every place of a connection, and an API that says back all it hears: none of them
/// shows in what a user sees or in what is kept.
@Tag("live")
class CanaryTest {
    private static final Schema ORDERS =
            Schema.of(Field.required("id", Scalar.INT64), Field.of("name", Scalar.TEXT));
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{env:(C\\d\\d)}");

    /// Each `${env:Cnn}` is a place of its own.
    private static final String CONNECTION =
            """
            type: http
            base_url: URL/${env:C00}/v1
            reach: private
            retries: 0
            headers:
              Authorization: Bearer ${env:C01}
              X-Tenant: ${env:C02}
              X-Plain: before-${env:C03}-after
              Cookie: SESSION=${env:C04}
            auth:
              kind: login
              request:
                url: /token/${env:C05}
                params: {corp: "${env:C06}", app: "a,${env:C07}"}
                headers: {X-Login: "${env:C08}"}
                body:
                  key: ${env:C09}
                  nested: {word: "${env:C10}", list: ["${env:C11}", "${env:C12}"]}
              refresh:
                url: /renew/${env:C13}
                params: {old: "{access}", code: "${env:C14}"}
                body: {token: "{token}", pin: "${env:C15}"}
              refresh_token: $.refresh
            sign:
              recipe:
                recipe: ours
                title: {zh: 我们, en: Ours}
                source: https://api.example.com/
                settings: {app: {example: a}, key: {secret: true, example: k}}
                sign: {signature: body | hmac-sha256(key) | hex}
                place: {header.X-App: "{app}", header.X-Signature: "{signature}"}
              app: ${env:C16}
              key: ${env:C17}
            resources:
              orders:
                path: /orders/${env:C18}
                method: POST
                params: {q: "${env:C19}", zone: "${env:C20}", mixed: "x ${env:C21} y"}
                headers: {X-Read: "${env:C22}", X-More: "${env:C23}"}
                body: {a: "${env:C24}", b: {c: ["${env:C25}"]}, d: "${env:C26}${env:C27}"}
                columns: {id: int64, name: text}
                incremental: {param: since, format: text, start: "${env:C28}"}
              paged:
                path: /paged
                params: {t: "${env:C29}", u: "${env:C30}"}
                records: $.${env:C31}
                paging: {kind: cursor, param: "${env:C32}", next: "$.${env:C33}"}
                columns: {id: int64}
              exported:
                job:
                  create:
                    path: /exports/${env:C34}
                    body: {k: "${env:C35}"}
                    params: {p: "${env:C36}"}
                    headers: {h: "${env:C37}"}
                    id: $.id
                  poll: {path: "/exports/{job}/${env:C38}"}
                  done: {at: $.state, is: ["${env:C39}"]}
                  result: $.url
                columns: {id: int64}
              customer:
                path: /customers/{id}/${env:C40}
                given: [id]
                params: {k: "${env:C41}"}
                headers: {X-Row: "{id}-${env:C42}"}
                columns: {level: int64}
              kept:
                write:
                  path: /kept/${env:C43}
                  params: {w: "${env:C44}"}
                  headers: {X-Write: "${env:C45}"}
                  with: {fixed: "${env:C46}", deep: {er: "${env:C47}"}}
              uploads:
                write:
                  path: /uploads
                  body_as: form
                  json_in: [$.name]
                  with: {f: "${env:C48}", g: "${env:C49}"}
            """;

    private final ScriptedApi api = ScriptedApi.start();
    private final Path folder;
    private final ProjectFolder project;
    private final Map<String, String> secrets = new TreeMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final StringBuilder seen = new StringBuilder();

    CanaryTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        REFERENCE
                .matcher(CONNECTION)
                .results()
                .map((MatchResult r) -> r.group(1))
                .forEach(name -> secrets.put(name, "canary" + name.substring(1) + "birdSong"));
        // Where nothing restricts the letters, they are such as change their form on the way.
        for (String name : List.of("C06", "C09", "C10", "C19", "C24", "C35", "C44", "C46")) {
            secrets.merge(name, "+/=\"\\ &é", String::concat);
        }
        environment.putAll(secrets);
        MemoryStore store = MemoryStore.named("canary" + folder.getFileName());
        store.put(
                Dataset.of("rows", ORDERS, List.of("id")),
                List.of(Rows.batch(ORDERS, Rows.row("1", "a"), Rows.row("2", "b"))));
        project =
                new ProjectFolder(folder)
                        .connection(
                                "db", "type: memory\nstore: canary" + folder.getFileName() + "\n")
                        .connection("echo", CONNECTION.replace("URL", api.url()));
        for (String read : List.of("orders", "paged", "exported")) {
            flow(read, "in: {read: echo." + read + "}", "db.copy_of_" + read);
        }
        flow("asks", "in: {read: db.rows}\n  out_of: {from: in, call: echo.customer}", "db.asked");
        flow("kept", "in: {read: db.rows}", "echo.kept");
        flow("uploads", "in: {read: db.rows}", "echo.uploads");
    }

    private void flow(String name, String steps, String target) throws IOException {
        String from = steps.contains("out_of") ? "out_of" : "in";
        project.flow(
                name,
                """
                steps:
                  %s
                  out: {from: %s, write: %s, mode: append}
                """
                        .formatted(steps, from, target));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    /// All that was heard, as an angry server would say it.
    private static String echo(Request request) {
        String heard =
                request.method()
                        + request.path()
                        + request.query()
                        + request.headers()
                        + request.body();
        return heard;
    }

    private static Reply json(int status, Request request) {
        StringBuilder quoted = new StringBuilder();
        dev.mortise.spi.batch.RowJson.quote(echo(request), quoted);
        return Reply.status(status, "{\"message\":" + quoted + "}");
    }

    private void answer(Function<Request, Reply> script) {
        api.on("/", script);
        for (String flow : List.of("orders", "paged", "exported", "asks", "kept", "uploads")) {
            Ended ended = project.call(environment, "run", flow, "--json", "--fresh");
            seen.append(ended.out()).append(ended.err());
        }
    }

    /// What is told afterwards of what has been.
    private void look() {
        for (String flow : List.of("asks", "kept", "uploads")) {
            Ended dead = project.call(environment, "dead", flow, "show");
            seen.append(dead.out()).append(dead.err());
        }
        Ended calls = project.call(environment, "calls", "echo");
        seen.append(calls.out()).append(calls.err());
    }

    private void assertHidden(String text, String where) {
        secrets.forEach(
                (name, secret) -> {
                    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
                    List<String> forms =
                            List.of(
                                    secret,
                                    "canary" + name.substring(1),
                                    URLEncoder.encode(secret, StandardCharsets.UTF_8),
                                    Base64.getEncoder().encodeToString(bytes));
                    for (String form : forms) {
                        int at = text.indexOf(form);
                        String around =
                                at < 0
                                        ? ""
                                        : text.substring(
                                                Math.max(0, at - 300),
                                                Math.min(text.length(), at + 60));
                        assertFalse(at >= 0, name + " shows in " + where + ": " + around);
                    }
                });
    }

    @Test
    void noneOfFiftySecretsShowsAnywhere() throws IOException {
        assertEquals(50, secrets.size());
        Ended checked = project.call(environment, "check");
        assertEquals(Exit.DONE, checked.code(), checked.toString());
        Reply token =
                Reply.json("{\"access_token\":\"tok\",\"expires_in\":900,\"refresh\":\"ref\"}");
        List<Function<Request, Reply>> angry = new ArrayList<>();
        for (int status : List.of(403, 422)) {
            angry.add(r -> r.path().contains("token") ? token : json(status, r));
        }
        angry.add(r -> r.path().contains("token") ? token : Reply.text(200, "text/html", echo(r)));
        angry.add(r -> r.path().contains("token") ? token : json(200, r));
        // The last, for a refused login is remembered for a while: nothing else would be asked.
        angry.add(r -> json(r.path().matches(".*/(token|renew)/.*") ? 400 : 401, r));
        angry.forEach(this::answer);
        look();
        assertTrue(api.requests().size() > 10, () -> "few calls: " + api.requests());
        for (String code : List.of("ROW_REFUSED", "LOGIN_REFUSED", "CALL_INVALID")) {
            assertTrue(seen.indexOf(code) >= 0, () -> "nothing of " + code + ": " + seen);
        }
        assertNotEquals(-1, seen.indexOf("***"), "something was hidden");
        assertHidden(seen.toString(), "what a user sees");
        try (Stream<Path> files = Files.walk(folder.resolve(".mortise"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertHidden(text, file.toString());
            }
        }
    }

    @Test
    void aMistakeInADefinitionShowsNoneEither() throws IOException {
        project.connection(
                "wrong",
                """
                type: http
                base_url: %s
                auth: {kind: "${env:C01}", %s: x}
                errors: ${env:C02}
                sign: {recipe: "${env:C03}"}
                limits: {zone: "${env:C04}"}
                resources:
                  orders:
                    path: /x
                    method: ${env:C05}
                    paging: {kind: "${env:C06}"}
                    columns: {id: "${env:C07}", x: {type: int8, path: "a[${env:C08}"}}
                    key: ["${env:C09}"]
                """
                        .formatted(api.url(), "word"));
        Ended checked = project.call(environment, "check");
        assertEquals(Exit.WRONG, checked.code(), checked.toString());
        assertHidden(checked.out() + checked.err(), "the check");
    }
}
