package dev.mortise.connectors.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/// Sockets that read as much at once as there is. The driver asks for 8 KiB at a time, so a bulk
/// answer would cost a system call, and a turn of the thread, every forty rows.
///
/// Public because the driver makes it by name.
public final class WideSockets extends SocketFactory {
    private static final int BYTES = 128 * 1024;

    private static final class Wide extends Socket {
        private final Object lock = new Object();
        private InputStream wide = InputStream.nullInputStream();
        private boolean opened;

        @Override
        public InputStream getInputStream() throws IOException {
            synchronized (lock) {
                if (!opened) {
                    wide = new BufferedInputStream(super.getInputStream(), BYTES);
                    opened = true;
                }
                return wide;
            }
        }
    }

    @Override
    public Socket createSocket() {
        return new Wide();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(InetAddress.getByName(host), port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
            throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
            throws IOException {
        return connected(host, port);
    }

    private static Socket connected(InetAddress host, int port) throws IOException {
        Socket socket = new Wide();
        socket.connect(new java.net.InetSocketAddress(host, port));
        return socket;
    }
}
