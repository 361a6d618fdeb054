package dev.mortise.bench.tool;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An API that gives the records of a file page by page: `/orders?page=1`, each a while after it
/// was asked for, and now and then a refusal because of too many calls. Pages are cut beforehand,
/// so that serving one costs little more than sending it.
public final class PageServer implements Closeable {
    private static final Duration LATENCY = Duration.ofMillis(5);
    private static final int REFUSED_EVERY = 200;
    private static final Pattern PAGE = Pattern.compile("(?:^|&)page=(\\d{1,9})(?:&|$)");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final FileChannel file;
    private final List<Long> starts;
    private final byte[] head;
    private final AtomicLong calls = new AtomicLong();

    /// @param lines one record a line
    /// @param rows records in all
    public PageServer(Path lines, long rows, int rowsAPage) throws IOException {
        this.starts = starts(lines, rowsAPage);
        this.file = FileChannel.open(lines);
        this.head =
                "{\"code\":0,\"data\":{\"total\":%d,\"items\":["
                        .formatted(rows)
                        .getBytes(StandardCharsets.UTF_8);
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        this.server = HttpServer.create(any, 0);
        server.setExecutor(threads);
        server.createContext("/orders", this::answer);
        server.start();
    }

    /// Where each page begins in the file, and where the last one ends.
    private static List<Long> starts(Path lines, int rowsAPage) throws IOException {
        List<Long> starts = new ArrayList<>(List.of(0L));
        try (InputStream in = new BufferedInputStream(Files.newInputStream(lines), 1 << 20)) {
            long at = 0;
            int rows = 0;
            for (int read = in.read(); read >= 0; read = in.read()) {
                at++;
                if (read == '\n' && ++rows % rowsAPage == 0) {
                    starts.add(at);
                }
            }
            if (starts.getLast() < at) {
                starts.add(at);
            }
        }
        return starts;
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            pause();
            if (calls.incrementAndGet() % REFUSED_EVERY == 0) {
                exchange.getResponseHeaders().set("Retry-After", "0");
                send(exchange, 429, "{\"code\":429}".getBytes(StandardCharsets.UTF_8));
                return;
            }
            String query = String.valueOf(exchange.getRequestURI().getRawQuery());
            Matcher page = PAGE.matcher(query);
            send(exchange, 200, page(page.find() ? Integer.parseInt(page.group(1)) : 1));
        }
    }

    private static void pause() {
        long end = System.nanoTime() + LATENCY.toNanos();
        for (long left = LATENCY.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private byte[] page(int number) throws IOException {
        boolean known = number >= 1 && number < starts.size();
        long start = known ? starts.get(number - 1) : 0;
        int length = known ? Math.toIntExact(starts.get(number) - start) : 0;
        ByteBuffer page = ByteBuffer.allocate(head.length + length + 3);
        page.put(head).limit(head.length + length);
        file.read(page, start);
        byte[] bytes = page.array();
        // Between records a comma stands where the line ended.
        for (int i = head.length; i < head.length + length - 1; i++) {
            bytes[i] = bytes[i] == '\n' ? (byte) ',' : bytes[i];
        }
        page.limit(page.capacity()).position(head.length + length);
        page.put("]}}".getBytes(StandardCharsets.UTF_8));
        return bytes;
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        threads.shutdownNow();
        file.close();
    }
}
