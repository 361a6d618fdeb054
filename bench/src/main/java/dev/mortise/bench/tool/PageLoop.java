package dev.mortise.bench.tool;

import dev.mortise.testkit.live.LocalServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A peer: the loop most programs have. Ask for a page, parse it into a tree, insert its records,
/// commit, ask for the next.
public final class PageLoop {
    private static final String INSERT =
            "insert into copied values (?, ?, ?, ?, ?, ?, ?, ?::timestamp, ?::timestamptz, ?, ?,"
                    + " ?::jsonb)";
    private static final JsonMapper JSON = new JsonMapper();

    private PageLoop() {}

    /// @param batched whether the inserts of a page go to the server together
    public static ProcessBuilder command(
            URI api, LocalServer server, String database, boolean batched) {
        List<String> words = new ArrayList<>(Java.command());
        words.add(PageLoop.class.getName());
        words.add(api.toString());
        words.add(server.jdbcUrl(database));
        words.add(batched ? "batched" : "single");
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("PGUSER", server.user());
        builder.environment().put("PGPASSWORD", server.password());
        return builder;
    }

    public static void main(String[] arguments)
            throws SQLException, IOException, InterruptedException {
        String user = System.getenv("PGUSER");
        String password = System.getenv("PGPASSWORD");
        boolean batched = arguments[2].equals("batched");
        try (HttpClient client = HttpClient.newHttpClient();
                Connection to = DriverManager.getConnection(arguments[1], user, password);
                PreparedStatement insert = to.prepareStatement(INSERT)) {
            to.setAutoCommit(false);
            for (int page = 1; insert(items(client, arguments[0], page), insert, batched); page++) {
                to.commit();
            }
        }
    }

    private static JsonNode items(HttpClient client, String api, int page)
            throws IOException, InterruptedException {
        URI uri = URI.create(api + "/orders?page=" + page);
        while (true) {
            HttpResponse<byte[]> answer =
                    client.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() == 200) {
                return JSON.readTree(answer.body()).path("data").path("items");
            }
        }
    }

    private static boolean insert(JsonNode items, PreparedStatement insert, boolean batched)
            throws SQLException {
        for (JsonNode item : items) {
            set(item, insert);
            if (batched) {
                insert.addBatch();
            } else {
                insert.executeUpdate();
            }
        }
        if (batched) {
            insert.executeBatch();
        }
        return !items.isEmpty();
    }

    private static void set(JsonNode item, PreparedStatement insert) throws SQLException {
        insert.setLong(1, item.path("id").asLong());
        insert.setInt(2, item.path("customer").path("id").asInt());
        insert.setString(3, item.path("status").asString());
        insert.setString(4, item.path("customer").path("country").asString());
        insert.setBigDecimal(5, new java.math.BigDecimal(item.path("amount").asString()));
        insert.setInt(6, item.path("qty").asInt());
        insert.setDouble(7, item.path("price").asDouble());
        insert.setString(8, item.path("times").path("created_at").asString());
        insert.setString(9, item.path("times").path("updated_at").asString());
        insert.setBoolean(10, item.path("active").asBoolean());
        insert.setString(11, item.path("note").asString(null));
        insert.setString(12, item.path("attrs").toString());
    }
}
