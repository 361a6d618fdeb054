package dev.mortise.connectors.http;

import dev.mortise.api.budget.Ticker;
import dev.mortise.api.egress.Pins;
import dev.mortise.api.egress.Uris;
import dev.mortise.api.page.ContentCoding;
import dev.mortise.api.page.Stalling;
import dev.mortise.connectors.http.Call.Answer;
import dev.mortise.connectors.http.Endpoint.Limits;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// The only place where the connector touches the network. Sends one call, bounded in time and
/// size, to an address that was checked. Follows no redirects: whoever asked knows what may go
/// where, and signs anew for it.
final class Egress implements AutoCloseable {
    private final HttpClient client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Limits limits;

    /// @param tls what proves us in TLS and whom we trust; empty for the trust of the JVM alone
    Egress(Limits limits, Optional<SSLContext> tls) {
        this.limits = limits;
        HttpClient.Builder builder = HttpClient.newBuilder();
        tls.ifPresent(builder::sslContext);
        this.client =
                builder.connectTimeout(limits.connect())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .executor(threads)
                        .build();
    }

    /// Sends one call, once; a redirect is an answer like any other.
    ///
    /// @throws ProblemException when no whole answer came; its fault says whether trying again may
    ///     help
    Answer send(Call call) {
        check(call);
        return call.streams() ? streamed(call) : whole(call);
    }

    private Answer whole(Call call) {
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(
                        request(call),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.bytesMax()));
        try {
            HttpResponse<byte[]> response =
                    sent.get(limits.timeout().toNanos(), TimeUnit.NANOSECONDS);
            return Answer.whole(
                    response.statusCode(), response.headers(), unpacked(response), call.uri());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Ticker.cancelled();
        } catch (TimeoutException e) {
            throw timedOut(call, e);
        } catch (ExecutionException e) {
            throw lost(call, e.getCause() == null ? e : e.getCause());
        } finally {
            sent.cancel(true);
        }
    }

    /// The head has to come in time, and the body may not stall. What is no success is read whole.
    private Answer streamed(Call call) {
        CompletableFuture<HttpResponse<InputStream>> sent =
                client.sendAsync(request(call), BodyHandlers.ofInputStream());
        try {
            HttpResponse<InputStream> response =
                    sent.get(limits.timeout().toNanos(), TimeUnit.NANOSECONDS);
            return coming(call, response, new Stalling(response.body(), limits.timeout()));
        } catch (InterruptedException _) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw Ticker.cancelled();
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw timedOut(call, e);
        } catch (ExecutionException e) {
            throw lost(call, e.getCause() == null ? e : e.getCause());
        } catch (IOException e) {
            throw broken(call.uri(), e);
        }
    }

    private Answer coming(Call call, HttpResponse<InputStream> response, InputStream raw)
            throws IOException {
        int status = response.statusCode();
        boolean success = status >= 200 && status < 300;
        boolean handed = false;
        try {
            InputStream body = ContentCoding.plain(raw, encoding(response));
            if (success) {
                handed = true;
                return Answer.coming(status, response.headers(), call.uri(), body);
            }
            byte[] start = body.readNBytes((int) Math.min(limits.bytesMax(), 1 << 20));
            return Answer.whole(status, response.headers(), start, call.uri());
        } finally {
            if (!handed) {
                raw.close();
            }
        }
    }

    private static String encoding(HttpResponse<?> response) {
        return String.join(",", response.headers().allValues("content-encoding"));
    }

    /// A body that broke off, or is not packed as its head says.
    static ProblemException broken(URI uri, IOException e) {
        return problem(
                ProblemCode.CONNECTION_LOST,
                "the body from '%s' broke off: %s".formatted(Uris.origin(uri), e.getMessage()),
                "run again: it goes on where it stopped",
                e);
    }

    /// Hops of a redirect pass here, too: each one's host is looked up, checked and pinned anew.
    private void check(Call call) {
        try {
            Pins.check(call.uri().getHost(), limits.reach());
        } catch (UnknownHostException e) {
            throw unknown(Uris.origin(call.uri()), e);
        }
    }

    private static ProblemException unknown(String host, IOException cause) {
        return problem(
                ProblemCode.HOST_UNKNOWN,
                "no address is known for '" + host + "'",
                "check the host in 'base_url' and the name server",
                cause);
    }

    private HttpRequest request(Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri());
        // A server that does not speak HTTP/2 in the clear may stumble over the offer to.
        request.version(
                Uris.secure(call.uri()) ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
        byte[] body = call.body();
        request.method(
                call.method(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        call.headers().forEach((name, value) -> set(request, name, value));
        if (!call.has("Accept-Encoding")) {
            request.setHeader("Accept-Encoding", "gzip");
        }
        return request.build();
    }

    /// The value stays out of the message: it may be a secret with a line break at its end.
    private static void set(HttpRequest.Builder request, String name, String value) {
        try {
            request.setHeader(name, value);
        } catch (IllegalArgumentException _) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.OPTION_INVALID,
                            "header '" + name + "' cannot be sent with the value it has",
                            "leave line breaks and letters beyond Latin out of its value, and"
                                    + " headers that follow from the call to the call"));
        }
    }

    private byte[] unpacked(HttpResponse<byte[]> response) {
        InputStream packed = new ByteArrayInputStream(response.body());
        try (InputStream in = ContentCoding.plain(packed, encoding(response))) {
            if (in == packed) {
                return response.body();
            }
            int max = (int) Math.min(limits.bytesMax(), Integer.MAX_VALUE - 9);
            byte[] body = in.readNBytes(max + 1);
            if (body.length > max) {
                throw tooLarge(response.uri(), null);
            }
            return body;
        } catch (IOException e) {
            throw broken(response.uri(), e);
        }
    }

    private ProblemException lost(Call call, Throwable cause) {
        String host = Uris.origin(call.uri());
        return switch (cause) {
            case HttpConnectTimeoutException e ->
                    // Nothing was sent: unlike an answer that is late, this may be repeated.
                    problem(
                            ProblemCode.CONNECTION_REFUSED,
                            "expected a connection to '%s' within %d ms, got none"
                                    .formatted(host, limits.connect().toMillis()),
                            "check host and port in 'base_url' and what stands between, or raise"
                                    + " 'connect_timeout'",
                            e);
            case HttpTimeoutException e -> timedOut(call, e);
            case ConnectException e when unresolved(e) -> unknown(host, e);
            case ConnectException e ->
                    problem(
                            ProblemCode.CONNECTION_REFUSED,
                            "nobody answers at '" + host + "'",
                            "check host and port in 'base_url', and that the API is up",
                            e);
            case SSLException e ->
                    problem(
                            ProblemCode.TLS_FAILED,
                            "no trusted TLS connection to '%s': %s".formatted(host, e.getMessage()),
                            "check the host's certificate and the trust store of the JVM",
                            e);
            case IOException e when String.valueOf(e.getMessage()).contains("exceeds capacity") ->
                    tooLarge(call.uri(), e);
            case IOException e ->
                    problem(
                            ProblemCode.CONNECTION_LOST,
                            "the connection to '%s' broke before the answer was whole"
                                    .formatted(host),
                            "run again: it goes on where it stopped",
                            e);
            default ->
                    problem(
                            ProblemCode.INTERNAL,
                            "unexpected while calling '%s': %s".formatted(host, cause),
                            "please report this",
                            cause);
        };
    }

    private static boolean unresolved(ConnectException e) {
        return e.getCause() instanceof UnresolvedAddressException
                || (e.getCause() != null
                        && e.getCause().getCause() instanceof UnresolvedAddressException);
    }

    private ProblemException timedOut(Call call, Throwable cause) {
        return problem(
                ProblemCode.TIMED_OUT,
                "expected an answer from '%s' within %d ms, got none"
                        .formatted(Uris.origin(call.uri()), limits.timeout().toMillis()),
                "raise 'timeout', or ask for smaller pages",
                cause);
    }

    private ProblemException tooLarge(URI uri, @Nullable Throwable cause) {
        return problem(
                ProblemCode.LIMIT_EXCEEDED,
                "expected a body of at most %d bytes from '%s', got more"
                        .formatted(limits.bytesMax(), Uris.origin(uri)),
                "ask for smaller pages, or raise 'body_bytes_max'",
                cause);
    }

    private static ProblemException problem(
            ProblemCode code, String message, String fix, @Nullable Throwable cause) {
        return new ProblemException(new Problem(code, message, "", fix), cause);
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }
}
