package dev.mortise.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.engine.flow.Project;
import dev.mortise.engine.lineage.Origin;
import dev.mortise.engine.run.TestProject;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageTest {
    private static final Map<String, Schema> SCHEMAS =
            Map.of(
                    "erp.orders", schema("id", "amount", "customer", "region", "changed"),
                    "erp.customers", schema("code", "name", "region"),
                    "erp.Odd", schema("A", "a", "Groß"));

    private final Path folder;
    private final TestProject project;

    LineageTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        project = new TestProject(folder).memory("erp", "erp").memory("crm", "crm");
    }

    private static Schema schema(String... names) {
        return new Schema(
                List.of(names).stream().map(name -> Field.of(name, Scalar.INT64)).toList());
    }

    private static Schema known(DatasetRef ref) {
        Schema schema = SCHEMAS.get(ref.toString());
        if (schema == null) {
            throw ProblemException.of(ProblemCode.DATASET_MISSING, "no " + ref, "add it");
        }
        return schema;
    }

    private Lineage lineage(String steps) throws IOException {
        project.flow("f", "steps:\n" + steps.indent(2));
        Project loaded = Project.load(folder, Map.of(), Map.of());
        assertEquals(List.of(), loaded.problems());
        return Lineage.of(loaded, LineageTest::known);
    }

    /// `a copied, b computed` of a column, without the connection.
    private static String sources(Lineage lineage, String step, String column) {
        assertEquals(List.of(), lineage.problems());
        return lineage.sources("f", step, column).stream()
                .map(LineageTest::text)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String text(Origin origin) {
        String table = origin.dataset().equals("orders") ? "" : origin.dataset() + ".";
        return table + origin.column() + " " + origin.how().word();
    }

    /// The same for a query over `o` and `c`.
    private String query(String sql, String column) throws IOException {
        String text =
                """
                o: {read: erp.orders}
                c: {read: erp.customers}
                q: {sql: "%s"}
                oo: {from: o, write: crm.oo, mode: append}
                cc: {from: c, write: crm.cc, mode: append}
                w: {from: q, write: crm.w, mode: append}
                """;
        return sources(lineage(text.formatted(sql.replace("\"", "\\\""))), "w", column);
    }

    @Test
    void readsFollowColumnsFiltersAndCursors() throws IOException {
        Lineage lineage =
                lineage(
                        """
                        o:
                          read: erp.orders
                          columns: [id, amount]
                          where: region > 2 and o.customer is not null
                          incremental: {by: changed}
                        w: {from: o, write: crm.w, mode: upsert, key: [id]}
                        """);
        String rows = "changed cursor, customer filtered-by, %s, region filtered-by";
        assertEquals(rows.formatted("id copied"), sources(lineage, "o", "id"));
        assertEquals(rows.formatted("id copied, id key"), sources(lineage, "w", "id"));
        assertEquals("amount copied, " + rows.formatted("id key"), sources(lineage, "w", "amount"));
    }

    @Test
    void mapsCopyRenameComputeAndKeep() throws IOException {
        Lineage lineage =
                lineage(
                        """
                        o: {read: erp.orders}
                        m:
                          from: o
                          map:
                            no: id
                            total: amount + o.region
                            fixed: "'x'"
                            '*': keep
                        w: {from: m, write: crm.w, mode: append}
                        """);
        assertEquals("id copied", sources(lineage, "w", "no"));
        assertEquals("amount computed, region computed", sources(lineage, "w", "total"));
        assertEquals("", sources(lineage, "w", "fixed"));
        assertEquals("customer copied", sources(lineage, "w", "customer"));
        assertEquals(
                List.of("o.id copied", "m.no copied", "w.no copied"),
                lineage.touched("erp", "orders", "id").stream()
                        .map(t -> t.step() + "." + t.column() + " " + t.how().word())
                        .toList());
    }

    @Test
    void namesThatDifferInCaseStayApart() throws IOException {
        Lineage lineage =
                lineage(
                        """
                        o: {read: erp.Odd}
                        m: {from: o, map: {x: a, y: A, z: a_1 + 1, g: GROß + 1}}
                        w: {from: m, write: crm.w, mode: append}
                        """);
        assertEquals("Odd.a copied", sources(lineage, "w", "x"));
        assertEquals("Odd.A copied", sources(lineage, "w", "y"));
        assertEquals("Odd.a computed", sources(lineage, "w", "z"));
        assertEquals("Odd.Groß computed", sources(lineage, "w", "g"));
    }

    @Test
    void filtersAndRulesDecideOverRows() throws IOException {
        Lineage lineage =
                lineage(
                        """
                        o: {read: erp.orders}
                        f: {from: o, where: amount > 3}
                        e:
                          from: f
                          expect:
                            - {column: customer, not_null: true}
                            - {rule: region > 0, otherwise: warn}
                        w: {from: e, write: crm.w, mode: append}
                        """);
        assertEquals(
                "amount filtered-by, customer filtered-by, id copied", sources(lineage, "w", "id"));
    }

    @Test
    void dedupeGroupsByItsKeyAndPicksByItsOrder() throws IOException {
        Lineage lineage =
                lineage(
                        """
                        o: {read: erp.orders}
                        d: {from: o, dedupe: [customer], order: changed desc}
                        w: {from: d, write: crm.w, mode: append}
                        """);
        assertEquals(
                "amount copied, changed filtered-by, customer grouped-by",
                sources(lineage, "w", "amount"));
    }

    @Test
    void unionsTakeFromEveryInput() throws IOException {
        Lineage lineage =
                lineage(
                        """
                        o: {read: erp.orders, columns: [region], where: id > 1}
                        c: {read: erp.customers, columns: [region]}
                        u: {union: [o, c]}
                        w: {from: u, write: crm.w, mode: append}
                        """);
        assertEquals(
                "customers.region copied, id filtered-by, region copied",
                sources(lineage, "w", "region"));
    }

    @Test
    void callsTakeFromTheAnswerAndDependOnWhatTheyAsk() throws IOException {
        Lineage lineage =
                lineage(
                        """
                        o: {read: erp.orders}
                        k:
                          from: o
                          call: erp.customers
                          with: {id: customer}
                          take: {title: name}
                          absent: reject
                        w: {from: k, write: crm.w, mode: append}
                        """);
        assertEquals(
                "customer filtered-by, customer joined-on, customers.name copied",
                sources(lineage, "w", "title"));
        assertEquals("amount copied, customer filtered-by", sources(lineage, "w", "amount"));
    }

    @Test
    void copiesTakeWhatTheirPatternsMatch() throws IOException {
        project.flow(
                "all",
                "copy: {from: erp, to: crm, include: ['o*'], exclude: [odd], mode: replace}\n");
        Project loaded = Project.load(folder, Map.of(), Map.of());
        assertEquals(List.of(), loaded.problems());
        Lineage lineage = Lineage.of(loaded, LineageTest::known);
        assertEquals(
                "[Touched[flow=all, step=orders, column=id, how=COPIED]]",
                lineage.touched("erp", "orders", "id").toString());
        assertEquals(List.of(), lineage.touched("erp", "odd", "A"));
        assertEquals(List.of(), lineage.touched("erp", "customers", "code"));
        assertEquals("id copied", sources(lineage, "all", "orders", "id"));
    }

    private static String sources(Lineage lineage, String flow, String step, String column) {
        return text(lineage.sources(flow, step, column).getFirst());
    }

    @Test
    void joinsDecideOverRows() throws IOException {
        String sql =
                "select o.id, c.name, o.amount + c.region as x"
                        + " from o left join c on c.code = o.customer where o.changed > 1";
        String rows = "changed filtered-by, customer joined-on, customers.code joined-on";
        assertEquals(rows + ", id copied", query(sql, "id"));
        assertEquals(rows + ", customers.name copied", query(sql, "name"));
        assertEquals("amount computed, " + rows + ", customers.region computed", query(sql, "x"));
    }

    @Test
    void usingMakesOneColumnOfTwo() throws IOException {
        String on = "customers.region joined-on, %sregion joined-on";
        assertEquals(
                on.formatted("region copied, "),
                query("select region from o join c using (region)", "region"));
        assertEquals(
                "customers.region copied, " + on.formatted(""),
                query("select region from o right join c using (region)", "region"));
        assertEquals(
                "customers.region computed, " + on.formatted("region computed, "),
                query("select * from o full join c using (region)", "region"));
        assertEquals(on.formatted("id copied, "), query("select id from o natural join c", "id"));
    }

    @Test
    void groupsComputeAndDecide() throws IOException {
        String sql =
                "select customer, sum(amount) filter (where region > 1) as s, count(*) as n"
                        + " from o group by 1 having max(changed) > 3";
        String rows = "changed filtered-by, %scustomer grouped-by%s";
        assertEquals(rows.formatted("customer copied, ", ""), query(sql, "customer"));
        assertEquals(
                "amount computed, " + rows.formatted("", ", region computed"), query(sql, "s"));
        assertEquals(rows.formatted("", ""), query(sql, "n"));
        assertEquals(
                "amount may, customer copied, customer grouped-by",
                query("select customer, sum(amount) as s from o group by all", "customer"));
    }

    @Test
    void namesOfASelectListAndOfWithAreFollowed() throws IOException {
        String sql =
                "with t(a, b) as (select id, amount from o where region = 1)"
                        + " select a + 1 as x, x + b as y from t where y > 3 order by x limit 3";
        String rows = "amount filtered-by, id %sfiltered-by, region filtered-by";
        assertEquals(
                "amount computed, amount filtered-by, id computed, id filtered-by,"
                        + " region filtered-by",
                query(sql, "y"));
        assertEquals(rows.formatted("computed, id "), query(sql, "x"));
        assertEquals("amount may, id copied", query("select id from o order by amount", "id"));
    }

    @Test
    void subqueriesCountAsWhatTheyCompute() throws IOException {
        assertEquals(
                "customer computed, customers.code computed, customers.name computed",
                query(
                        "select id, (select max(name) from c where code = customer) as m from o",
                        "m"));
        assertEquals(
                "customer filtered-by, customers.code filtered-by, id copied",
                query(
                        "select id from o where exists (select name from c where code = customer)",
                        "id"));
        assertEquals(
                "customers.code filtered-by, id copied, region filtered-by",
                query("select id from o where region in (select code from c)", "id"));
    }

    @Test
    void starsKnowWhatIsLeftOutAndReplaced() throws IOException {
        String sql =
                "select o.* exclude (changed) replace (amount + region as amount)"
                        + " rename (id as no) from o";
        assertEquals("id copied", query(sql, "no"));
        assertEquals("amount computed, region computed", query(sql, "amount"));
        assertEquals("customer copied", query(sql, "customer"));
    }

    @Test
    void setOperationsGoByPlaceOrName() throws IOException {
        assertEquals(
                "amount grouped-by, customers.code copied, customers.code grouped-by,"
                        + " customers.region grouped-by, id copied, id grouped-by",
                query("select id, amount from o union select code, region from c", "id"));
        assertEquals(
                "customers.region copied, region copied",
                query("select id, region from o union all by name select region from c", "region"));
        assertEquals(
                "customers.code filtered-by, id copied, id filtered-by",
                query("select id from o except select code from c", "id"));
    }

    @Test
    void windowsLateralsAndLambdasAreFollowed() throws IOException {
        assertEquals(
                "amount computed, customer computed, region computed",
                query(
                        "select sum(amount) over (partition by customer order by region) as s"
                                + " from o",
                        "s"));
        assertEquals(
                "amount computed",
                query("select z from o, lateral (select o.amount + 1 as z) l", "z"));
        assertEquals(
                "amount computed, region computed",
                query("select list_transform([amount], lambda x: x + region)[1] as z from o", "z"));
        assertEquals("amount computed", query("select amount::json -> 'a' as z from o", "z"));
        assertEquals(
                "id copied, region grouped-by",
                query("select distinct on (region) id from o", "id"));
        assertEquals(
                "amount may, id copied", query("select id, unnest([amount]) as u from o", "id"));
    }

    @Test
    void saysMayWhereTheQueryDoesNotTell() throws IOException {
        String all = "amount may, changed may, customer may, id may, region may";
        assertEquals(all, query("select columns('i.*') from o", "id"));
        assertEquals(
                all,
                query(
                        "with recursive r as (select id from o union all"
                                + " select id + 1 from r where id < 3) select id from r",
                        "id"));
    }

    @Test
    void anUnknownNameIsAProblem() throws IOException {
        Lineage lineage =
                lineage("o: {read: erp.orders}\nw: {from: o, write: crm.w, mode: append}\n");
        ProblemException column =
                assertThrows(
                        ProblemException.class, () -> lineage.touched("erp", "orders", "amonut"));
        assertEquals(ProblemCode.COLUMN_MISSING, column.problem().code());
        assertTrue(column.problem().fix().contains("amount"), column.problem().fix());
        assertEquals(
                ProblemCode.STEP_UNKNOWN,
                assertThrows(ProblemException.class, () -> lineage.sources("f", "x", "id"))
                        .problem()
                        .code());
        assertEquals(
                ProblemCode.FLOW_UNKNOWN,
                assertThrows(ProblemException.class, () -> lineage.sources("g", "x", "id"))
                        .problem()
                        .code());
        assertEquals(List.of(), lineage.touched("erp", "nobody reads it", "id"));
    }

    @Test
    void whatCannotBeFollowedIsAmongTheProblems() throws IOException {
        Lineage lineage =
                lineage(
                        """
                        o: {read: erp.orders}
                        m: {from: o, map: {x: nothing + 1, y: no_more + 1}}
                        n: {read: erp.gone}
                        w: {from: m, write: crm.w, mode: append}
                        v: {from: n, write: crm.v, mode: append}
                        """);
        assertEquals(
                List.of(
                        ProblemCode.DATASET_MISSING,
                        ProblemCode.EXPRESSION_INVALID,
                        ProblemCode.EXPRESSION_INVALID),
                lineage.problems().stream()
                        .map(p -> p.code())
                        .sorted(Comparator.comparing(Enum::name))
                        .toList());
    }
}
