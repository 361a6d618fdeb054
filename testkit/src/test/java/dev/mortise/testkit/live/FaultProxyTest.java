package dev.mortise.testkit.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.testkit.live.Fault.Direction;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FaultProxyTest {
    private static final long SEED = 20_260_101;

    private ServerSocket echo = newServer();
    private FaultProxy proxy = FaultProxy.to("127.0.0.1", echo.getLocalPort(), SEED);

    private static ServerSocket newServer() {
        try {
            return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new LocalServerException("no echo server", e);
        }
    }

    @BeforeEach
    void startEcho() {
        Thread.ofVirtual().start(() -> serve(echo));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void passesBytesBothWays() throws IOException {
        try (var client = open()) {
            assertEquals("hello", say(client, "hello"));
            proxy.set(new Fault.Latency(Duration.ofMillis(5), Duration.ofMillis(5)));
            assertEquals("slow", say(client, "slow"));
        }
    }

    @Test
    void refusesConnectionsWhileDownAndServesThemAfterwards() throws IOException {
        try (var client = open()) {
            assertEquals("hello", say(client, "hello"));
            proxy.set(new Fault.Down());
            assertTrue(isOver(client));
        }
        assertThrows(ConnectException.class, () -> open().close());
        proxy.set(new Fault.Pass());
        try (var client = open()) {
            assertEquals("again", say(client, "again"));
        }
    }

    @Test
    void cutsAfterExactlySoManyBytes() throws IOException {
        proxy.set(new Fault.CutAfter(Direction.TO_CLIENT, 7));
        try (var client = open()) {
            client.getOutputStream().write(Fault.bytes("0123456789"));
            assertArrayEquals(Fault.bytes("0123456"), client.getInputStream().readNBytes(20));
        }
        assertEquals(1, proxy.fired());
        try (var client = open()) {
            assertEquals("once only", say(client, "once only"));
        }
    }

    @Test
    void cutsAtAPatternSpreadOverTwoPieces() throws IOException {
        proxy.set(new Fault.CutAt(Direction.TO_SERVER, "COMMIT"));
        try (var client = open()) {
            assertEquals("begin COM", say(client, "begin COM"));
            client.getOutputStream().write(Fault.bytes("MIT"));
            assertTrue(isOver(client));
        }
    }

    @Test
    void swallowsEverythingInABlackHole() throws IOException {
        try (var client = open()) {
            client.setSoTimeout(200);
            assertEquals("hello", say(client, "hello"));
            proxy.set(new Fault.BlackHole());
            assertThrows(SocketTimeoutException.class, () -> say(client, "hello"));
        }
    }

    private Socket open() throws IOException {
        return new Socket(proxy.host(), proxy.port());
    }

    private static String say(Socket client, String words) throws IOException {
        var bytes = Fault.bytes(words);
        client.getOutputStream().write(bytes);
        var answer = client.getInputStream().readNBytes(bytes.length);
        return new String(answer, StandardCharsets.UTF_8);
    }

    private static boolean isOver(Socket client) {
        try {
            return client.getInputStream().read() < 0;
        } catch (IOException _) {
            return true;
        }
    }

    private static void serve(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                var client = from.accept();
                Thread.ofVirtual().start(() -> repeat(client));
            } catch (IOException _) {
                return;
            }
        }
    }

    private static void repeat(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException _) {
            // the client is gone
        }
    }
}
