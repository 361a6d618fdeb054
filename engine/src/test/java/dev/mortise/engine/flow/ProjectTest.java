package dev.mortise.engine.flow;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {
    private static final String ORDERS =
            """
            # file: flows/orders-to-crm.yaml
            flow: orders-to-crm
            steps:
              orders:
                read: erp.sales.sales_order
                columns: [so_no, amt]
                where: amt is not null and day = '${param:day}'
                incremental: {by: updated_at, lookback: 10m}
              customers: {read: crm.customer}
              joined:
                sql: select o.*, c.id from Orders o left join customers c on c.code = o.cust_no
              mapped:
                from: joined
                map: {order_no: so_no, '*': keep, amount: "cast(amt as int)", source: "'erp'"}
                lossy: [amount]
              checked:
                from: mapped
                expect:
                  - {column: order_no, not_null: true}
                  - {rule: amount >= 0, otherwise: warn}
              latest: {from: checked, dedupe: [order_no], order: updated_at desc}
              big: {from: latest, where: amount > 10}
              all: {union: [big, latest]}
              crm_orders:
                from: all
                write: crm.sales_order
                mode: upsert
                key: [order_no]
                lossy: allow
            verify: {after: full}
            rejects: {max: 7}
            """;

    private static final String MOVED =
            """
            # file: flows/moved.yaml
            flow: moved
            formerly: orders
            steps:
              in: {read: erp.sales.sales_order}
              out: {from: in, write: crm.orders, mode: append, formerly: crm_orders}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void readsAFlowOfSteps() throws IOException {
        Project project = ProjectFiles.load(folder, ORDERS);

        assertEquals(List.of(), project.problems());
        Flow flow = requireNonNull(project.flows().get("orders-to-crm"));
        assertEquals(Flow.VerifyMode.FULL, flow.verify());
        assertEquals(7, flow.rejectsMax());
        assertEquals(
                List.of(
                        "orders",
                        "customers",
                        "joined",
                        "mapped",
                        "checked",
                        "latest",
                        "big",
                        "all",
                        "crm_orders"),
                List.copyOf(flow.steps().keySet()));
        assertEquals(
                new Step.Read(
                        "orders",
                        "erp",
                        "sales.sales_order",
                        List.of("so_no", "amt"),
                        Optional.of("amt is not null and day = '2026-01-31'"),
                        Optional.of(new Step.Cursor("updated_at", Duration.ofMinutes(10))),
                        new Place("flows/orders-to-crm.yaml", 3, 3)),
                flow.steps().get("orders"));
        assertEquals(
                List.of("orders", "customers"),
                requireNonNull(flow.steps().get("joined")).inputs());
        assertEquals(List.of("big", "latest"), requireNonNull(flow.steps().get("all")).inputs());
    }

    @Test
    void keepsProgressUnderTheNameFlowAndStepHadBefore() throws IOException {
        Project project = ProjectFiles.load(folder, ORDERS + MOVED);

        assertEquals(List.of(), project.problems());
        Flow flow = requireNonNull(project.flows().get("moved"));
        Step.Write write = (Step.Write) requireNonNull(flow.steps().get("out"));
        assertEquals("orders/crm_orders", flow.task(write));
    }

    @Test
    void anotherNameMakesNoOtherFlow() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        Project after = ProjectFiles.load(folder, ORDERS + MOVED);
        Project before =
                ProjectFiles.load(
                        other,
                        ORDERS
                                + MOVED.replace("moved", "orders")
                                        .replace("formerly: orders\n", ""));

        assertEquals(
                requireNonNull(before.flows().get("orders")).definition(),
                requireNonNull(after.flows().get("moved")).definition());
    }

    @Test
    void noTwoKeepTheirProgressUnderOneName() throws IOException {
        String twice =
                MOVED.replace(
                        "  out:",
                        "  crm_orders: {from: in, write: crm.other, mode: append}\n  out:");
        Project project =
                ProjectFiles.load(
                        folder,
                        twice
                                + """
                                # file: flows/orders.yaml
                                flow: orders
                                steps:
                                  in: {read: erp.sales.sales_order}
                                  out: {from: in, write: crm.orders, mode: append}
                                """);

        List<String> places =
                project.problems().stream()
                        .filter(problem -> problem.code() == ProblemCode.NAME_TAKEN)
                        .map(Problem::place)
                        .toList();
        assertEquals(
                List.of("flows/moved.yaml:1:7", "flows/moved.yaml:6:3", "flows/orders.yaml:1:7"),
                places,
                project.problems()::toString);
        assertFalse(project.flows().containsKey("orders"));
        assertFalse(project.flows().containsKey("moved"));
    }

    @Test
    void readsAMapWithTheRestInTheMiddle() throws IOException {
        Step.Mapping mapping = (Step.Mapping) step("mapped");
        assertEquals(
                List.of("order_no", "amount", "source"), List.copyOf(mapping.columns().keySet()));
        assertEquals("'erp'", mapping.columns().get("source"));
        assertTrue(mapping.keep());
        assertEquals(1, mapping.keepAt());
        assertEquals(Set.of("amount"), mapping.lossy());
    }

    @Test
    void readsRulesAndTheWrite() throws IOException {
        Step.Expect expect = (Step.Expect) step("checked");
        assertEquals(
                List.of(
                        new Step.Rule(
                                Optional.of("order_no"),
                                "\"order_no\" is not null",
                                Step.Rule.Otherwise.REJECT,
                                "order_no not null"),
                        new Step.Rule(
                                Optional.empty(),
                                "amount >= 0",
                                Step.Rule.Otherwise.WARN,
                                "amount >= 0")),
                expect.rules());
        assertEquals(
                new Step.Write(
                        "crm_orders",
                        "all",
                        "crm",
                        "sales_order",
                        WriteMode.UPSERT,
                        List.of("order_no"),
                        Set.of("*"),
                        Optional.empty(),
                        new Place("flows/orders-to-crm.yaml", 23, 3)),
                step("crm_orders"));
    }

    @Test
    void readsACopy() throws IOException {
        Project project =
                ProjectFiles.load(
                        folder,
                        """
                        # file: flows/history.yml
                        flow: history
                        copy:
                          from: erp
                          include: ["sales.*"]
                          exclude: ["*.tmp_*"]
                          to: crm
                          into: "ods_{schema}_{table}"
                          mode: replace
                        """);
        assertEquals(List.of(), project.problems());
        assertEquals(
                Optional.of(
                        new Copy(
                                "erp",
                                List.of("sales.*"),
                                List.of("*.tmp_*"),
                                "crm",
                                "ods_{schema}_{table}",
                                WriteMode.REPLACE,
                                false,
                                new Place("flows/history.yml", 3, 3))),
                requireNonNull(project.flows().get("history")).copy());
    }

    @Test
    void putsEnvironmentIntoConnections() throws IOException {
        Project project =
                ProjectFiles.load(
                        folder,
                        """
                        # file: connections/erp.yaml
                        connection: erp
                        type: pretend
                        host: a-$${x}-${param:day}
                        password: ${env:PASSWORD}
                        """);
        assertEquals(List.of(), project.problems());
        Connection erp = requireNonNull(project.connections().get("erp"));
        assertEquals("a-${x}-2026-01-31", erp.settings().text("host"));
        assertEquals("s3cret", erp.settings().secret("password").reveal());
        assertEquals("pretend", erp.type());
    }

    @Test
    void tellsOfAFlowOnlyWhatStandsInItsWay() throws IOException {
        Project project =
                ProjectFiles.load(
                        folder,
                        """
                        # file: connections/erp.yaml
                        connection: erp
                        type: pretend
                        host: ${env:ABSENT}
                        # file: connections/crm.yaml
                        connection: crm
                        type: pretend
                        host: db1
                        # file: flows/good.yaml
                        flow: good
                        steps:
                          a: {read: crm.a}
                          b: {from: a, write: crm.b, mode: append}
                        # file: flows/needy.yaml
                        flow: needy
                        steps:
                          a: {read: erp.a}
                          b: {from: a, write: crm.b, mode: append}
                        # file: flows/broken.yaml
                        flow: [
                        """);
        assertEquals(List.of(), codes(project.problemsOf("good")));
        assertEquals(List.of(ProblemCode.SECRET_MISSING), codes(project.problemsOf("needy")));
        assertEquals(List.of(ProblemCode.YAML_INVALID), codes(project.problemsOf("broken")));
        assertEquals("did you mean 'good'?", project.problemsOf("god").getFirst().fix());
        assertTrue(project.flows().containsKey("good"));
        assertFalse(project.connections().containsKey("erp"));
    }

    @Test
    void refusesAFlowWhoseNameIsTakenTwice() throws IOException {
        String twin =
                "flow: twin\nsteps: {a: {read: erp.a}, b: {from: a, write: crm.b, mode: append}}";
        Project project =
                ProjectFiles.load(
                        folder,
                        "# file: flows/a.yaml\n" + twin + "\n# file: flows/b.yaml\n" + twin);
        assertEquals(List.of(ProblemCode.NAME_TAKEN), codes(project.problemsOf("twin")));
    }

    @Test
    void namesAFolderThatIsNoProject() {
        assertEquals(
                List.of(ProblemCode.FILE_MISSING), codes(ProjectFiles.load(folder).problems()));
        Path absent = folder.resolve("absent");
        assertEquals(
                List.of(ProblemCode.FILE_MISSING), codes(ProjectFiles.load(absent).problems()));
        assertEquals(
                List.of(ProblemCode.FILE_MISSING),
                codes(ProjectFiles.load(absent).problemsOf("x")));
    }

    @Test
    void refusesOtherEncodingsAndHugeFiles() throws IOException {
        Path flows = Files.createDirectories(folder.resolve("flows"));
        Files.write(flows.resolve("gbk.yaml"), "flow: 订单".getBytes(Charset.forName("GBK")));
        Files.writeString(flows.resolve("huge.yaml"), "#".repeat(ProjectReader.BYTES_MAX + 1));
        Files.writeString(flows.resolve("marked.yaml"), "\uFEFFflow: 订单\ncopy: 1\n");
        Files.writeString(flows.resolve("deep.yaml"), "flow: " + "[".repeat(100_000));
        List<Problem> problems = ProjectFiles.load(folder).problems();
        assertEquals(
                List.of(
                        ProblemCode.LIMIT_EXCEEDED,
                        ProblemCode.YAML_INVALID,
                        ProblemCode.LIMIT_EXCEEDED,
                        ProblemCode.VALUE_INVALID),
                codes(problems));
        assertEquals("flows/deep.yaml:1:56", problems.getFirst().place());
    }

    @Test
    void findsConnectorsOnTheClassPath() {
        assertTrue(Connectors.installed().types().contains("pretend"));
        assertEquals(
                List.of(ProblemCode.FILE_MISSING),
                codes(Project.load(folder, Map.of(), Map.of()).problems()));
    }

    private Step step(String name) throws IOException {
        Flow flow = ProjectFiles.load(folder, ORDERS).flows().get("orders-to-crm");
        return requireNonNull(requireNonNull(flow).steps().get(name));
    }

    private static List<ProblemCode> codes(List<Problem> problems) {
        return problems.stream().map(Problem::code).toList();
    }
}
