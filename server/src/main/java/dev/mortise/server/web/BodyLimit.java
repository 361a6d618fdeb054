package dev.mortise.server.web;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Lets no body grow beyond what a route could mean, whether its length is told or not.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class BodyLimit extends OncePerRequestFilter {
    static final long JSON_BYTES_MAX = 8L << 20;
    static final long OTHER_BYTES_MAX = 128L << 20;

    private final Failures.Writer writer;

    BodyLimit(Failures.Writer writer) {
        this.writer = writer;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String type = request.getContentType();
        boolean isArchive = type != null && type.startsWith("application/zip");
        long most = isArchive ? OTHER_BYTES_MAX : JSON_BYTES_MAX;
        if (request.getContentLengthLong() > most) {
            writer.write(
                    request,
                    response,
                    Problem.of(
                            ProblemCode.LIMIT_EXCEEDED,
                            "a body of this kind has at most %d bytes, this one has %d"
                                    .formatted(most, request.getContentLengthLong()),
                            "split it"));
            return;
        }
        chain.doFilter(new Bounded(request, most), response);
    }

    /// More came than was promised.
    static final class Exceeded extends IOException {
        private static final long serialVersionUID = 1;

        private final long most;

        Exceeded(long most) {
            super("a body of this kind has at most %d bytes".formatted(most));
            this.most = most;
        }

        String told() {
            return "a body of this kind has at most %d bytes".formatted(most);
        }
    }

    private static final class Bounded extends HttpServletRequestWrapper {
        private final long most;

        Bounded(HttpServletRequest request, long most) {
            super(request);
            this.most = most;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new BoundedStream(super.getInputStream(), most);
        }
    }

    private static final class BoundedStream extends ServletInputStream {
        private final ServletInputStream in;
        private final long most;
        private long seen;

        BoundedStream(ServletInputStream in, long most) {
            this.in = in;
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            count(count);
            return count;
        }

        private void count(int count) throws Exceeded {
            seen += Math.max(count, 0);
            if (seen > most) {
                throw new Exceeded(most);
            }
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
