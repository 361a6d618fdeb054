package dev.mortise.testkit.live;

import dev.mortise.testkit.live.Fault.Direction;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;

/// One connection through a `FaultProxy`: two sockets and a thread for each direction.
final class FaultLink {
    private static final int PIECE = 1 << 16;

    private final FaultProxy proxy;
    private final Socket client;
    private final Socket server;
    private volatile boolean replyLost;

    FaultLink(FaultProxy proxy, Socket client, Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    void start() {
        Thread.ofVirtual().start(() -> pump(client, server, Direction.TO_SERVER));
        Thread.ofVirtual().start(() -> pump(server, client, Direction.TO_CLIENT));
    }

    /// Ends the connection so that the client sees a reset.
    void reset() {
        try {
            client.setSoLinger(true, 0);
        } catch (IOException _) {
            // it is closed already
        }
        end();
    }

    private void pump(Socket from, Socket to, Direction direction) {
        try {
            var piece = new byte[PIECE];
            var seen = new Tail();
            while (true) {
                var length = from.getInputStream().read(piece);
                if (length < 0 || !pass(piece, length, to, direction, seen)) break;
            }
            end();
        } catch (IOException _) {
            end();
        }
    }

    /// Returns false when the connection is over.
    private boolean pass(byte[] piece, int length, Socket to, Direction direction, Tail seen)
            throws IOException {
        if (replyLost && direction == Direction.TO_CLIENT) {
            reset();
            return false;
        }
        var fault = proxy.fault();
        switch (fault) {
            case Fault.Pass _ -> {}
            case Fault.Down _ -> {
                return false;
            }
            case Fault.BlackHole _ -> {
                return true;
            }
            case Fault.Latency latency -> await(proxy.delay(latency));
            case Fault.CutAfter cut when cut.direction() == direction -> {
                var admitted = proxy.admit(cut, length);
                to.getOutputStream().write(piece, 0, admitted);
                return proxy.fault() == cut;
            }
            case Fault.CutAfter _ -> {}
            case Fault.CutAt(var way, var pattern, var nth) -> {
                var met = way == direction && seen.meets(pattern, piece, length);
                if (met && proxy.count(fault) == nth && proxy.fire(fault)) {
                    reset();
                    return false;
                }
            }
            case Fault.LoseReply(var request) -> {
                var met = direction == Direction.TO_SERVER && seen.meets(request, piece, length);
                if (met && proxy.fire(fault)) replyLost = true;
            }
        }
        to.getOutputStream().write(piece, 0, length);
        return true;
    }

    private void end() {
        close(client);
        close(server);
        proxy.forget(this);
    }

    static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // nothing is left to release
        }
    }

    private static void await(Duration delay) {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Finds a pattern also where it is spread over two pieces.
    private static final class Tail {
        private byte[] tail = new byte[0];

        boolean meets(String pattern, byte[] piece, int length) {
            var wanted = Fault.bytes(pattern);
            var text = Arrays.copyOf(tail, tail.length + length);
            System.arraycopy(piece, 0, text, tail.length, length);
            tail =
                    Arrays.copyOfRange(
                            text, Math.max(0, text.length - wanted.length + 1), text.length);
            for (var i = 0; i + wanted.length <= text.length; i++) {
                if (Arrays.equals(text, i, i + wanted.length, wanted, 0, wanted.length))
                    return true;
            }
            return false;
        }
    }
}
