package dev.mortise.bench.workload;

import dev.mortise.bench.race.Contender;
import dev.mortise.bench.race.Output;
import dev.mortise.bench.race.Workload;
import dev.mortise.bench.tool.Launched;
import dev.mortise.bench.tool.PageLoop;
import dev.mortise.bench.tool.PageServer;
import dev.mortise.bench.tool.Pipe;
import dev.mortise.testkit.live.LocalPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// From a JSON API: pages of nested records, some latency, a refusal now and then.
final class ApiReads {
    private static final int ROWS_A_PAGE = 1_000;

    // A line of JSON holds neither of these bytes, so that nothing in it is quoted.
    private static final String PLAIN =
            " to stdout (format csv, quote e'\\x01', delimiter e'\\x02')";
    private static final String NESTED =
            "copy (select json_build_object('id', id, 'customer', json_build_object('id',"
                    + " customer_id, 'country', country), 'status', status, 'amount', amount::text,"
                    + " 'qty', qty, 'price', price, 'times', json_build_object('created_at',"
                    + " created_at, 'updated_at', updated_at), 'active', active, 'note', note,"
                    + " 'attrs', attrs)::text from orders)"
                    + PLAIN;
    private static final String FLAT =
            "copy (select json_build_object('id', id, 'customer_id', customer_id, 'status', status,"
                    + " 'country', country, 'amount', amount::text, 'qty', qty, 'price', price,"
                    + " 'created_at', created_at, 'updated_at', updated_at, 'active', active,"
                    + " 'note', note, 'attrs', attrs)::text from orders)"
                    + PLAIN;
    private static final String FLOW =
            """
            steps:
              orders: {read: src.%s}
              copied: {from: orders, write: dst.copied, mode: append}
            """;
    private static final String API =
            """
            type: http
            base_url: %s
            reach: private
            resources:
              orders:
                path: /orders
                records: $.data.items
                paging: {kind: page, size_param: size, size: 1000, total: $.data.total}
                columns:
                  id: int64
                  customer_id: {type: int32, path: customer.id}
                  status: text
                  country: {type: text, path: customer.country}
                  amount: decimal(12,2)
                  qty: int16
                  price: float64
                  created_at: {type: timestamp, path: times.created_at}
                  updated_at: {type: timestamptz, path: times.updated_at}
                  active: bool
                  note: text
                  attrs: json
            """;
    private static final String FILE =
            """
            type: file
            path: %s
            formats:
              "orders.ndjson":
                columns: {id: int64, customer_id: int32, status: text, country: text,
                  amount: "decimal(12,2)", qty: int16, price: float64, created_at: timestamp,
                  updated_at: timestamptz, active: bool, note: text, attrs: json}
            """;

    private ApiReads() {}

    static Workload toPostgres(Systems systems, Scale scale) throws Exception {
        LocalPostgres to = systems.postgres();
        String source = systems.orders(to, scale.rows());
        Path nested = MixedCopies.export(systems, source, NESTED);
        Path flat = MixedCopies.export(systems, source, FLAT);
        Path lines = java.nio.file.Files.move(flat, flat.resolveSibling("orders.ndjson"));
        PageServer api = new PageServer(nested, scale.rows(), ROWS_A_PAGE);
        systems.closeLater(api);
        TargetArena arena =
                new TargetArena(
                        null, to, PostgresCopies::createCopied, Digests.orders(to, "copied"));
        Output truth = systems.truth(to, scale.rows());
        return new Workload(
                "api-pg",
                "JSON API → PostgreSQL, pages of 1,000 nested records, 5 ms",
                scale.rows(),
                arena,
                List.of(
                        Contender.floor(
                                "mortise run of the same rows as local NDJSON",
                                truth,
                                () -> file(systems, lines, arena)),
                        Contender.ours("mortise run", truth, () -> api(systems, api, arena)),
                        loop(systems, api, arena, truth, false),
                        loop(systems, api, arena, truth, true)));
    }

    private static Contender loop(
            Systems systems, PageServer api, TargetArena arena, Output truth, boolean batched) {
        return Contender.peer(
                batched ? "loop-batched" : "loop",
                batched
                        ? "request, parse, insert in batches of a page"
                        : "request, parse, insert row by row, commit a page",
                truth,
                () ->
                        new Pipe(
                                        systems.newFolder(),
                                        PageLoop.command(
                                                api.base(),
                                                arena.target(),
                                                arena.database(),
                                                batched))
                                .run());
    }

    private static Launched api(Systems systems, PageServer api, TargetArena arena)
            throws IOException, InterruptedException {
        return run(systems, API.formatted(api.base()), "orders", arena);
    }

    private static Launched file(Systems systems, Path lines, TargetArena arena)
            throws IOException, InterruptedException {
        return run(systems, FILE.formatted(lines.getParent()), "orders.ndjson", arena);
    }

    private static Launched run(
            Systems systems, String connection, String dataset, TargetArena arena)
            throws IOException, InterruptedException {
        return systems.product()
                .run(
                        systems.newProject()
                                .connection("src", connection)
                                .connection("dst", arena.target(), arena.database())
                                .flow(FLOW.formatted(dataset)));
    }
}
