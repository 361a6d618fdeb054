package dev.mortise.api.token;

import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/// A process of its own that shares a token with others. It begins when it is told by a line, and
/// writes the tokens it got to a file, or ends up waiting to be killed.
public final class GrantingProcess {
    static final Secret SECRET = new Secret("the connection's own secret");
    static final String CONNECTION = "crm";

    private GrantingProcess() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        URI url = URI.create(args[0]);
        Path folder = Path.of(args[1]);
        int threads = Integer.parseInt(args[2]);
        Path out = Path.of(args[3]);
        boolean dies = args[4].equals("dies");
        Grant grant = overHttp(url);
        Grant used = dies ? ask -> silence(grant.ask(ask), out) : grant;
        TokenRules rules = dies ? signedIn() : TokenRules.DEFAULTS;
        TokenBroker broker = broker(folder, used, rules);
        Files.writeString(out, "ready");
        if (System.in.read() < 0) {
            return;
        }
        Set<String> tokens = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            Thread.ofVirtual()
                    .start(
                            () -> {
                                tokens.add(broker.token().value().reveal());
                                done.countDown();
                            });
        }
        done.await();
        Files.writeString(out, String.join(",", tokens));
    }

    static TokenBroker broker(Path folder, Grant grant, TokenRules rules) {
        TokenStore store = new FileTokenStore(folder, CONNECTION, SECRET);
        return new TokenBroker(store, grant, rules, InstantSource.system());
    }

    /// Rules of a connection a person signed in to: it has nothing but its refresh token.
    static TokenRules signedIn() {
        TokenRules d = TokenRules.DEFAULTS;
        return new TokenRules(
                d.refreshAhead(),
                d.lifeAssumed(),
                d.renewal(),
                d.activationDelay(),
                d.pace(),
                false,
                d.waitMax());
    }

    /// The answer has come, and the process gets no further.
    private static Granted silence(Granted granted, Path out) {
        try {
            Files.writeString(out, "granted");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
        }
        return granted;
    }

    static Grant overHttp(URI url) {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return ask -> {
            GrantRequest request = request(ask);
            HttpRequest.Builder call =
                    HttpRequest.newBuilder(url)
                            .timeout(Duration.ofSeconds(20))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()));
            request.headers().forEach(call::setHeader);
            try {
                var answer = client.send(call.build(), HttpResponse.BodyHandlers.ofByteArray());
                if (answer.statusCode() == 400) {
                    throw ProblemException.of(
                            ProblemCode.LOGIN_REFUSED, "the grant was refused: invalid_grant", "");
                }
                return GrantAnswer.OAUTH.parse(answer.body(), InstantSource.system().instant());
            } catch (IOException _) {
                throw ProblemException.of(ProblemCode.CONNECTION_LOST, "no answer", "");
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw Pause.cancelled();
            }
        };
    }

    private static GrantRequest request(Ask ask) {
        Client client = new Client.Basic("id", new Secret("secret"));
        return switch (ask) {
            case Ask.Fresh _ -> GrantRequest.clientCredentials(client, List.of("read", "write"));
            case Ask.Refresh(var token, _, _) -> GrantRequest.refresh(client, token, List.of());
        };
    }
}
