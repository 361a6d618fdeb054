package dev.mortise.connectors.http;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.OptionsContract;
import dev.mortise.testkit.contract.ReadsContract;
import dev.mortise.testkit.contract.TestSettings;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import dev.mortise.testkit.live.ScriptedApi.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/// Every row once from an API that pages by offset, a thousand records a page.
@Tag("live")
final class HttpConnectorTest implements ReadsContract, OptionsContract {
    private static final int PAGE = 1_000;

    private final Map<String, Table> tables = new TreeMap<>();
    private ScriptedApi api;

    private record Table(Schema schema, List<String> key, List<String> records) {}

    @BeforeEach
    void start() {
        api = ScriptedApi.start().on("/v1/tables/", this::page);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Reply page(Request request) {
        String name = request.path().substring("/v1/tables/".length());
        List<String> records = table(name).records();
        int from = Math.min(records.size(), request.number("offset", 0));
        int to = Math.min(records.size(), from + request.number("limit", PAGE));
        return Reply.json(
                "{\"meta\":{\"total\":%d},\"data\":{\"items\":[%s]}}"
                        .formatted(records.size(), String.join(",", records.subList(from, to))));
    }

    private Table table(String name) {
        return Objects.requireNonNull(tables.get(name));
    }

    @Override
    public ConnectorFactory factory() {
        return new HttpFactory();
    }

    @Override
    public Settings settings() {
        Map<String, Object> resources = new LinkedHashMap<>();
        tables.forEach((name, table) -> resources.put(name, resource(name, table)));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("base_url", api.url() + "/v1");
        values.put("reach", "private");
        values.put("resources", resources);
        return TestSettings.of(factory(), values);
    }

    private static Map<String, Object> resource(String name, Table table) {
        Map<String, String> columns = new LinkedHashMap<>();
        table.schema().fields().forEach(field -> columns.put(field.name(), field.type().text()));
        return Map.of(
                "path",
                "/tables/" + name,
                "records",
                "$.data.items",
                "paging",
                Map.of(
                        "kind",
                        "offset",
                        "size_param",
                        "limit",
                        "size",
                        PAGE,
                        "total",
                        "$.meta.total"),
                "columns",
                columns,
                "key",
                table.key());
    }

    @Override
    public void seed(String dataset, Schema schema, List<String> key, List<Batch> rows) {
        tables.put(dataset, new Table(schema, key, new ArrayList<>()));
        append(dataset, rows);
    }

    @Override
    public void append(String dataset, List<Batch> rows) {
        for (Batch batch : rows) {
            for (int row = 0; row < batch.rows(); row++) {
                table(dataset).records().add(record(batch, row));
            }
        }
    }

    private static String record(Batch batch, int row) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < batch.schema().size(); i++) {
            Field field = batch.field(i);
            json.append(i == 0 ? "" : ", ");
            RowJson.quote(field.name(), json);
            json.append(": ");
            if (batch.column(i).isNull(row)) {
                json.append("null");
                continue;
            }
            String text = Cell.text(field.type(), batch.column(i), row);
            boolean bare =
                    field.type() instanceof Decimal
                            || field.type() == Scalar.BOOL
                            || field.type() == Scalar.INT32
                            || field.type() == Scalar.INT64
                            || field.type() == Scalar.FLOAT64;
            if (bare) {
                json.append(text);
            } else {
                RowJson.quote(text, json);
            }
        }
        return json.append("}").toString();
    }

    @Override
    public void drop(String dataset) {
        tables.remove(dataset);
    }

    /// Listing resources calls nobody; [CallsTest] shows what a wrong host or token is called.
    @Override
    public Map<ProblemCode, Settings> broken() {
        return Map.of();
    }

    /// Pages are of the moments they were asked for.
    @Override
    public boolean seesOneMoment() {
        return false;
    }
}
