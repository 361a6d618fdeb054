package dev.mortise.server.outgoing;

import dev.mortise.api.egress.Pins;
import dev.mortise.api.egress.Reach;
import dev.mortise.api.page.CountedStream;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/// Spring's calls to a provider of logins. Each call's host is looked up, checked and pinned just
/// before it; a redirect is an answer like any other; an answer ends at a limit.
public final class Outgoing {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int BYTES_MAX = 1 << 20;

    private Outgoing() {}

    /// For the classes of Spring that want a template.
    public static RestTemplate template() {
        return new RestTemplate(Outgoing::checked);
    }

    /// For the classes of Spring that want a client.
    public static RestClient.Builder client() {
        return RestClient.builder().requestFactory(Outgoing::checked);
    }

    /// Looks at an address before anything depends on it.
    ///
    /// @param address none is none that could be called
    /// @throws IllegalArgumentException when it is out of reach, or its host is not known
    public static void demand(@Nullable String address) {
        if (address == null) {
            return;
        }
        try {
            demand(URI.create(address));
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /// Made with the first call: it has a thread of its own.
    private static final class Http {
        static final ClientHttpRequestFactory REQUESTS = requests();

        private static ClientHttpRequestFactory requests() {
            HttpClient http =
                    HttpClient.newBuilder()
                            .connectTimeout(CONNECT)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .version(HttpClient.Version.HTTP_1_1)
                            .build();
            JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(http);
            factory.setReadTimeout(ANSWER);
            return factory;
        }
    }

    private static ClientHttpRequest checked(URI uri, HttpMethod method) throws IOException {
        demand(uri);
        return new Bounded(Http.REQUESTS.createRequest(uri, method));
    }

    /// A company's provider stands in its own network; no provider stands where clouds keep
    /// credentials, whatever a name leads to today.
    private static void demand(URI uri) throws IOException {
        try {
            Pins.check(Objects.requireNonNullElse(uri.getHost(), ""), Reach.PRIVATE);
        } catch (ProblemException e) {
            throw new IOException(e.problem().message(), e);
        }
    }

    /// A request whose answer ends at a limit.
    private record Bounded(ClientHttpRequest request) implements ClientHttpRequest {
        @Override
        public ClientHttpResponse execute() throws IOException {
            return new Answer(request.execute());
        }

        @Override
        public java.io.OutputStream getBody() throws IOException {
            return request.getBody();
        }

        @Override
        public HttpMethod getMethod() {
            return request.getMethod();
        }

        @Override
        public URI getURI() {
            return request.getURI();
        }

        @Override
        public java.util.Map<String, Object> getAttributes() {
            return request.getAttributes();
        }

        @Override
        public HttpHeaders getHeaders() {
            return request.getHeaders();
        }
    }

    private record Answer(ClientHttpResponse answer) implements ClientHttpResponse {
        @Override
        public HttpStatusCode getStatusCode() throws IOException {
            return answer.getStatusCode();
        }

        @Override
        public String getStatusText() throws IOException {
            return answer.getStatusText();
        }

        @Override
        public void close() {
            answer.close();
        }

        @Override
        public InputStream getBody() throws IOException {
            return CountedStream.bounded(
                    answer.getBody(),
                    BYTES_MAX,
                    () -> {
                        throw new IOException("the answer is longer than " + BYTES_MAX + " bytes");
                    });
        }

        @Override
        public HttpHeaders getHeaders() {
            return answer.getHeaders();
        }
    }
}
