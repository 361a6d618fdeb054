package dev.mortise.server.channel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/// A mail server on loopback (RFC 5321) that wants a login (RFC 4954) and never speaks TLS.
final class PlayedMail implements AutoCloseable {
    private final ServerSocket socket;
    private final String wanted;
    private final String verdict;

    /// Every line a client said.
    final List<String> said = new CopyOnWriteArrayList<>();

    /// @param verdict the answer to a whole mail
    PlayedMail(String user, String password, String verdict) throws IOException {
        socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        wanted = "\0" + user + "\0" + password;
        this.verdict = verdict;
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    String mail() {
        return String.join("\n", said);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                talk(client);
            } catch (IOException e) {
                said.add("# " + e);
            }
        }
    }

    private void talk(Socket client) throws IOException {
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = client.getOutputStream();
        say(out, "220 played");
        boolean inside = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            said.add(line);
            if (inside) {
                inside = !line.equals(".");
                if (!inside) {
                    say(out, verdict);
                }
                continue;
            }
            inside = line.equalsIgnoreCase("DATA");
            say(out, answer(line));
            if (line.equalsIgnoreCase("QUIT")) {
                return;
            }
        }
    }

    private String answer(String line) {
        String word = line.toUpperCase(Locale.ROOT);
        if (word.startsWith("EHLO")) {
            return "250-played\r\n250 AUTH PLAIN";
        }
        if (word.startsWith("AUTH PLAIN")) {
            return login(line).endsWith(wanted) ? "235 in" : "535 5.7.8 authentication failed";
        }
        if (word.equals("DATA")) {
            return "354 go on";
        }
        return word.equals("QUIT") ? "221 bye" : "250 ok";
    }

    /// Who is to act, who signs in, and the password (RFC 4616); the first may be empty.
    private static String login(String line) {
        byte[] bytes = Base64.getDecoder().decode(line.substring("AUTH PLAIN ".length()));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
