package dev.mortise.server.channel;

import dev.mortise.api.egress.Pins;
import dev.mortise.api.egress.Reach;
import dev.mortise.api.egress.Uris;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Posts to where a channel may reach: the host is looked up, checked and pinned first, no redirect
/// is followed, and of the answer only the beginning is read, within a deadline. What goes wrong is
/// told without the address, which carries secrets.
final class Post {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int ANSWER_BYTES_MAX = 16_384;

    private final Duration deadline;

    Post() {
        this(DEADLINE);
    }

    Post(Duration deadline) {
        this.deadline = deadline;
    }

    /// Made with the first message: it has a thread of its own.
    private static final class Http {
        static final HttpClient CLIENT =
                HttpClient.newBuilder()
                        .connectTimeout(DEADLINE)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .version(HttpClient.Version.HTTP_1_1)
                        .proxy(ProxySelector.of(null))
                        .build();
    }

    Answer send(Robot robot, Robot.Call call, Reach reach) {
        Optional<URI> address =
                Uris.resolve(URI.create("http://nowhere/"), call.address())
                        .filter(uri -> call.address().startsWith("http"));
        if (address.isEmpty()) {
            return Answer.refused(0, "the address is no http or https address");
        }
        try {
            Pins.check(address.get().getHost(), reach);
            return send(robot, call, address.get());
        } catch (UnknownHostException _) {
            return Answer.later(0, "no host '" + address.get().getHost() + "' is known");
        } catch (HttpTimeoutException _) {
            return Answer.later(
                    0,
                    "no answer from %s within %d seconds"
                            .formatted(Uris.origin(address.get()), deadline.toSeconds()));
        } catch (IOException e) {
            return Answer.later(
                    0, "no answer from " + Uris.origin(address.get()) + ": " + reason(e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Answer.later(0, "stopped before it was sent");
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName();
    }

    private Answer send(Robot robot, Robot.Call call, URI address)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address)
                        .timeout(deadline)
                        .header("Content-Type", "application/json; charset=utf-8")
                        .POST(BodyPublishers.ofString(call.body()));
        call.headers().forEach(request::setHeader);
        HttpResponse<InputStream> response =
                Http.CLIENT.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            return robot.answer(response.statusCode(), beginning(body));
        }
    }

    /// The client's own deadline ends with the head of an answer. A body that never comes would
    /// hold up all alerts for ever, so it is closed under whoever reads it.
    private String beginning(InputStream body) throws IOException {
        CountDownLatch read = new CountDownLatch(1);
        AtomicBoolean late = new AtomicBoolean();
        Thread.ofVirtual().name("post-deadline").start(() -> closeLate(body, read, late));
        try {
            String text = new String(body.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8);
            if (!late.get()) {
                return text;
            }
        } catch (IOException e) {
            if (!late.get()) {
                throw e;
            }
        } finally {
            read.countDown();
        }
        throw new HttpTimeoutException("the answer did not end");
    }

    private void closeLate(InputStream body, CountDownLatch read, AtomicBoolean late) {
        try {
            if (!read.await(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                late.set(true);
                body.close();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException _) {
            // It is being given up.
        }
    }
}
