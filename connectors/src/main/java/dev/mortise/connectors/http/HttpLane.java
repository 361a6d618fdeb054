package dev.mortise.connectors.http;

import dev.mortise.api.egress.Uris;
import dev.mortise.api.write.Holes;
import dev.mortise.api.write.Results.Told;
import dev.mortise.api.write.RowKeys;
import dev.mortise.api.write.RowValue;
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
import dev.mortise.spi.problem.Fault;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private static final String KEY_HEADER = "Idempotency-Key";
    private static final Range NOWHERE = new Range(-1, "");

    private final Api api;
    private final Way way;
    private final FileLedger ledger;
    private final long epoch;
    private final RowKeys keys;

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

    /// A row that may be sent, under its key. Its body is made when it is: it may hold files.
    private record Item(int row, String key) {}

    /// What goes into one call, and the rows of which no body could be made.
    private record Load(List<Item> items, List<ObjectNode> bodies, List<RejectedRow> unfit) {}

    HttpLane(Api api, Way way, FileLedger ledger, long epoch) {
        this.api = api;
        this.way = way;
        this.ledger = ledger;
        this.epoch = epoch;
        this.keys = new RowKeys(way.task, ledger.holding(epoch).run());
    }

    @Override
    public void enter(Range next) {
        range = next;
        keys.begin();
    }

    @Override
    public int write(Batch batch, Rejects rejects) {
        ledger.holding(epoch);
        List<Item> good = new ArrayList<>();
        for (int row = 0; row < batch.rows(); row++) {
            String text = RowJson.of(batch, row);
            try {
                checkFilled(batch, row);
                good.add(new Item(row, keys.next(range.part(), range.bounds(), text)));
            } catch (ProblemException e) {
                rejects.reject(new RejectedRow(e.problem(), null, text));
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

    /// An empty version or path would make another call of it.
    private void checkFilled(Batch batch, int row) {
        Write write = way.write;
        for (String column :
                Stream.concat(write.needed().stream(), write.named().stream()).toList()) {
            if (batch.column(batch.schema().indexOf(column)).isNull(row)) {
                throw ProblemException.of(
                        ProblemCode.CONSTRAINT_BROKEN,
                        "column '" + column + "' is null, but the call needs its value",
                        "fill the column, or leave such rows out");
            }
            RowValue.filled(column, text(batch, row, column));
        }
        Holes.in(write.path()).forEach(name -> RowValue.inPath(name, text(batch, row, name)));
        write.inHeaders().forEach(name -> RowValue.inHeader(name, text(batch, row, name)));
    }

    /// Sends some rows and gives those that were refused.
    private List<RejectedRow> send(Batch batch, List<Item> items) {
        Load load = load(batch, items);
        List<RejectedRow> refused = new ArrayList<>(load.unfit);
        if (!load.items.isEmpty()) {
            refused.addAll(sent(batch, load));
        }
        return refused;
    }

    private Load load(Batch batch, List<Item> items) {
        Load load = new Load(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Item item : items) {
            try {
                load.bodies.add(Payload.row(batch, item.row, way));
                load.items.add(item);
            } catch (ProblemException e) {
                String row = RowJson.of(batch, item.row);
                load.unfit.add(new RejectedRow(e.problem(), null, row));
            }
        }
        return load;
    }

    private List<RejectedRow> sent(Batch batch, Load load) {
        List<Item> items = load.items;
        Call call;
        Answer answer;
        try {
            call = call(batch, load);
            answer = api.exchange(call);
        } catch (ProblemException e) {
            if (e.problem().fault() != Fault.ROW) {
                throw e;
            }
            String row = RowJson.of(batch, items.getFirst().row);
            return items.size() > 1
                    ? halved(batch, items)
                    : List.of(new RejectedRow(e.problem(), null, row));
        }
        return judged(batch, items, call, answer);
    }

    private List<RejectedRow> judged(Batch batch, List<Item> items, Call call, Answer answer) {
        int rows = items.size();
        boolean ok = answer.ok();
        Optional<Told> told =
                way.write.results().flatMap(results -> results.told(answer.body(), rows, ok));
        if (ok) {
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
        // Where no row is refused by name, all of them were.
        if (told.isPresent() && !told.get().refused().isEmpty()) {
            List<RejectedRow> refused = new ArrayList<>(refused(batch, items, told.get()));
            List<Item> rest = rest(items, told.get());
            refused.addAll(rest.isEmpty() ? List.of() : send(batch, rest));
            return refused;
        }
        if (items.size() > 1) {
            return halved(batch, items);
        }
        Problem about = Problem.of(code.get(), problem.message(), Refusals.fix(call, answer));
        int row = items.getFirst().row;
        return List.of(new RejectedRow(about, blamed(answer), RowJson.of(batch, row)));
    }

    private List<RejectedRow> halved(Batch batch, List<Item> items) {
        int middle = items.size() / 2;
        List<RejectedRow> refused = new ArrayList<>(send(batch, items.subList(0, middle)));
        refused.addAll(send(batch, items.subList(middle, items.size())));
        return refused;
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

    private Call call(Batch batch, Load load) {
        Write write = way.write;
        UnaryOperator<String> value = name -> text(batch, load.items.getFirst().row, name);
        String path = Holes.fill(write.path(), name -> Uris.encode(value.apply(name)));
        URI uri = Uris.below(way.endpoint.base(), path, filled(write.params(), value));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        byte[] body = hasBody() ? body(load.bodies) : Call.NO_BODY;
        if (body.length > 0) {
            headers.put("Content-Type", write.form().type(body));
        }
        headers.putAll(way.endpoint.headers());
        headers.putAll(filled(write.headers(), value));
        boolean keyed = headers.keySet().stream().anyMatch(KEY_HEADER::equalsIgnoreCase);
        if (write.idempotency() && !keyed) {
            headers.put(KEY_HEADER, RowKeys.together(load.items.stream().map(Item::key).toList()));
        }
        boolean repeatable = write.idempotency() || keyed || write.idempotent();
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

    /// Whether rows have anything to say beside the address and the headers.
    private boolean hasBody() {
        Write write = way.write;
        boolean values = way.columns.stream().anyMatch(column -> write.sends(column.name()));
        boolean beside = write.with().isPresent() || !write.wrap().isEmpty();
        return !write.deletes() && (values || beside);
    }

    private byte[] body(List<ObjectNode> rows) {
        return way.write.form().bytes(Payload.body(rows, way.write));
    }

    private static Map<String, String> filled(
            Map<String, String> texts, UnaryOperator<String> value) {
        Map<String, String> filled = new LinkedHashMap<>(texts);
        filled.replaceAll((_, text) -> Holes.fill(text, value));
        return filled;
    }

    private static String text(Batch batch, int row, String name) {
        int place = batch.schema().indexOf(name);
        return Cell.text(batch.field(place).type(), batch.column(place), row);
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
        keys.begin();
    }

    @Override
    public void close() {}
}
