package dev.mortise.connectors.http;

import dev.mortise.api.egress.Uris;
import dev.mortise.api.write.Holes;
import dev.mortise.api.write.Results.Told;
import dev.mortise.api.write.Write;
import dev.mortise.connectors.http.Call.Answer;
import dev.mortise.connectors.http.Resource.Column;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Sends rows, one call a row or a batch, several calls at a time where their order does not
/// matter. A row the API refuses is set aside alone: a refused batch is halved until the bad rows
/// stand by themselves.
final class HttpLane implements Lane {
    private static final int KEY_BYTES = 16;
    private static final Range NOWHERE = new Range(-1, "");

    private final Api api;
    private final Way way;
    private final FileLedger ledger;
    private final long epoch;
    private final long run;

    /// How often each row came since the last commit: equal rows are different rows.
    private final Map<Long, Integer> seen = new HashMap<>();

    private Range range = NOWHERE;
    private long written;

    /// @param columns of the arriving rows, with their places in the body
    /// @param project where files lie that rows name
    /// @param ordered whether calls must keep the order of the rows
    record Way(
            Endpoint endpoint,
            Write write,
            List<Column> columns,
            Path project,
            String task,
            boolean ordered) {}

    /// A row ready to be sent, or the reason why it never will be.
    private record Item(
            int row, String key, @Nullable ObjectNode body, @Nullable RejectedRow rejected) {}

    HttpLane(Api api, Way way, FileLedger ledger, long epoch) {
        this.api = api;
        this.way = way;
        this.ledger = ledger;
        this.epoch = epoch;
        this.run = ledger.holding(epoch).run();
    }

    @Override
    public void enter(Range next) {
        range = next;
        seen.clear();
    }

    @Override
    public int write(Batch batch, Rejects rejects) {
        ledger.holding(epoch);
        List<Item> good = new ArrayList<>();
        for (int row = 0; row < batch.rows(); row++) {
            Item item = item(batch, row);
            if (item.rejected != null) {
                rejects.reject(item.rejected);
            } else {
                good.add(item);
            }
        }
        List<List<Item>> calls = new ArrayList<>();
        for (int i = 0; i < good.size(); i += way.write.rows()) {
            calls.add(good.subList(i, Math.min(good.size(), i + way.write.rows())));
        }
        int threads = way.ordered ? 1 : way.endpoint.limits().concurrency();
        List<RejectedRow> refused = Fleet.run(calls, threads, items -> send(batch, items));
        refused.forEach(rejects::reject);
        int accepted = good.size() - refused.size();
        written += accepted;
        return accepted;
    }

    private Item item(Batch batch, int row) {
        String text = RowJson.of(batch, row);
        try {
            checkFilled(batch, row);
            return new Item(row, key(text), Payload.row(batch, row, way), null);
        } catch (ProblemException e) {
            return new Item(row, "", null, new RejectedRow(e.problem(), null, text));
        }
    }

    /// An empty version or path would make another call of it.
    private void checkFilled(Batch batch, int row) {
        for (String column :
                Stream.concat(way.write.needed().stream(), way.write.named().stream()).toList()) {
            if (batch.column(batch.schema().indexOf(column)).isNull(row)) {
                throw ProblemException.of(
                        ProblemCode.CONSTRAINT_BROKEN,
                        "column '" + column + "' is null, but the call needs its value",
                        "fill the column, or leave such rows out");
            }
        }
    }

    /// The same for the same row of the same part of the same run, whichever attempt sends it.
    private String key(String row) {
        byte[] content = sha256(row);
        int occurrence = seen.merge(ByteBuffer.wrap(content).getLong(), 1, Integer::sum);
        return hex(
                way.task,
                Long.toString(run),
                Integer.toString(range.part()),
                range.bounds(),
                HexFormat.of().formatHex(content),
                Integer.toString(occurrence));
    }

    private static String hex(String... parts) {
        byte[] digest = sha256(String.join("\u0000", parts));
        return HexFormat.of().formatHex(digest, 0, KEY_BYTES);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Sends some rows and gives those that were refused.
    private List<RejectedRow> send(Batch batch, List<Item> items) {
        Call call = call(batch, items);
        Answer answer = api.exchange(call);
        Optional<Told> told =
                way.write.results().flatMap(results -> results.told(answer.body(), items.size()));
        if (answer.ok()) {
            if (way.write.results().isPresent() && told.isEmpty()) {
                throw new ProblemException(api.refusals().misfit(call, answer, "results of rows"));
            }
            return told.map(each -> refused(batch, items, each)).orElse(List.of());
        }
        Problem problem = api.refusals().problem(call, answer);
        Optional<ProblemCode> code = Refusals.aboutTheRow(answer, way.write.keyed());
        if (code.isEmpty()) {
            throw new ProblemException(problem);
        }
        if (told.isPresent() && !told.get().isEmpty()) {
            List<RejectedRow> refused = new ArrayList<>(refused(batch, items, told.get()));
            List<Item> rest = rest(items, told.get());
            refused.addAll(rest.isEmpty() ? List.of() : send(batch, rest));
            return refused;
        }
        if (items.size() > 1) {
            int middle = items.size() / 2;
            List<RejectedRow> refused = new ArrayList<>(send(batch, items.subList(0, middle)));
            refused.addAll(send(batch, items.subList(middle, items.size())));
            return refused;
        }
        Problem about = Problem.of(code.get(), problem.message(), Refusals.fix(call, answer));
        int row = items.getFirst().row;
        return List.of(new RejectedRow(about, blamed(answer), RowJson.of(batch, row)));
    }

    /// The rows an answer names as refused, each with its own reason.
    private List<RejectedRow> refused(Batch batch, List<Item> items, Told told) {
        List<RejectedRow> refused = new ArrayList<>();
        told.refused()
                .forEach(
                        (place, why) -> {
                            String reason = "the API refused this row: " + why;
                            Problem problem =
                                    Problem.of(
                                            ProblemCode.ROW_REFUSED,
                                            api.refusals().hide(reason),
                                            "mend the row and replay it");
                            String row = RowJson.of(batch, items.get(place).row);
                            refused.add(new RejectedRow(problem, null, row));
                        });
        return refused;
    }

    /// The rows of which a refusal says nothing; they are sent again.
    private static List<Item> rest(List<Item> items, Told told) {
        List<Item> rest = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (!told.refused().containsKey(i) && !told.accepted().contains(i)) {
                rest.add(items.get(i));
            }
        }
        return rest;
    }

    /// The one column the answer names in quotes; null when it names none or several.
    private @Nullable String blamed(Answer answer) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        List<String> named =
                way.columns.stream()
                        .map(Column::name)
                        .filter(
                                name ->
                                        body.contains("\"" + name + "\"")
                                                || body.contains("'" + name + "'"))
                        .toList();
        return named.size() == 1 ? named.getFirst() : null;
    }

    private Call call(Batch batch, List<Item> items) {
        Write write = way.write;
        UnaryOperator<String> value = name -> text(batch, items.getFirst(), name);
        String path = Holes.fill(write.path(), name -> Uris.encode(value.apply(name)));
        URI uri = Uris.below(way.endpoint.base(), path, filled(write.params(), value));
        List<ObjectNode> rows =
                items.stream().map(item -> java.util.Objects.requireNonNull(item.body)).toList();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        byte[] body = write.form().bytes(Payload.body(rows, write));
        headers.put("Content-Type", write.form().type(body));
        headers.putAll(way.endpoint.headers());
        headers.putAll(filled(write.headers(), value));
        if (write.idempotency()) {
            headers.put("Idempotency-Key", keyOf(items));
        }
        boolean repeatable = write.idempotency() || write.method().equals("PUT");
        return new Call(
                write.resource(),
                write.method(),
                uri,
                headers,
                body,
                repeatable,
                true,
                false,
                Optional.empty());
    }

    private static Map<String, String> filled(
            Map<String, String> texts, UnaryOperator<String> value) {
        Map<String, String> filled = new LinkedHashMap<>(texts);
        filled.replaceAll((_, text) -> Holes.fill(text, value));
        return filled;
    }

    private static String keyOf(List<Item> items) {
        return items.size() == 1
                ? items.getFirst().key
                : hex(items.stream().map(Item::key).toArray(String[]::new));
    }

    private static String text(Batch batch, Item item, String name) {
        int place = batch.schema().indexOf(name);
        return Cell.text(batch.field(place).type(), batch.column(place), item.row);
    }

    @Override
    public void commit(Range of, @Nullable Range rest, long rowsRejected) {
        ledger.advance(epoch, of, rest, written, rowsRejected);
        abort();
    }

    /// Forgets the count; what was sent stays sent, and its keys keep it from counting twice.
    @Override
    public void abort() {
        written = 0;
        seen.clear();
    }

    @Override
    public void close() {}
}
