package dev.mortise.testkit.live;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A TCP proxy on loopback that fails on command. Its port stays the same for its whole life, also
/// while it refuses connections.
public final class FaultProxy implements AutoCloseable {
    private static final Fault PASS = new Fault.Pass();
    private static final int BACKLOG = 100;

    private final InetSocketAddress target;
    private final int port = Ports.free();
    private final Random random;
    private final Set<FaultLink> links = ConcurrentHashMap.newKeySet();
    private volatile Fault fault = PASS;
    private @Nullable ServerSocket listener;
    private long passed;
    private int fired;

    private FaultProxy(InetSocketAddress target, long seed) {
        this.target = target;
        this.random = new Random(seed);
    }

    public static FaultProxy to(LocalServer server, long seed) {
        return to(server.host(), server.port(), seed);
    }

    public static FaultProxy to(String host, int port, long seed) {
        var proxy = new FaultProxy(new InetSocketAddress(host, port), seed);
        proxy.listen();
        return proxy;
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    /// How many cuts and lost replies have happened.
    public synchronized int fired() {
        return fired;
    }

    /// Changes what happens from now on, to open connections too.
    public synchronized void set(Fault next) {
        fault = next;
        passed = 0;
        if (next instanceof Fault.Down) {
            refuse();
            reset();
            return;
        }
        if (listener == null) listen();
    }

    /// Resets every open connection.
    public void reset() {
        links.forEach(FaultLink::reset);
    }

    @Override
    public synchronized void close() {
        refuse();
        reset();
    }

    Fault fault() {
        return fault;
    }

    void forget(FaultLink link) {
        links.remove(link);
    }

    synchronized Duration delay(Fault.Latency latency) {
        var extra = (long) (random.nextDouble() * latency.jitter().toNanos());
        return latency.delay().plusNanos(extra);
    }

    /// Counts bytes against the limit of `cut`; returns how many of them may still pass.
    synchronized int admit(Fault.CutAfter cut, int length) {
        if (fault != cut) return length;
        var admitted = (int) Math.min(length, cut.bytes() - passed);
        passed += admitted;
        if (passed == cut.bytes()) fire(cut);
        return admitted;
    }

    /// Counts how often a pattern was met since the fault was set.
    synchronized long count(Fault met) {
        return fault == met ? ++passed : 0;
    }

    /// True for the one connection that a fault happens to.
    synchronized boolean fire(Fault met) {
        if (fault != met) return false;
        fault = PASS;
        fired++;
        return true;
    }

    private synchronized void listen() {
        try {
            var opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            listener = opened;
            Thread.ofVirtual().name("fault-proxy-" + port).start(() -> accept(opened));
        } catch (IOException e) {
            throw new LocalServerException("the fault proxy cannot listen on port " + port, e);
        }
    }

    private synchronized void refuse() {
        var open = listener;
        listener = null;
        if (open != null) FaultLink.close(open);
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                join(from.accept());
            } catch (IOException _) {
                // the listener was closed, or the target is down: the client sees its own end
            }
        }
    }

    private void join(Socket client) throws IOException {
        var server = new Socket();
        try {
            server.connect(target, 5_000);
        } catch (IOException e) {
            FaultLink.close(client);
            throw e;
        }
        var link = new FaultLink(this, client, server);
        links.add(link);
        link.start();
        if (fault instanceof Fault.Down) link.reset();
    }
}
