package dev.mortise.engine.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTablesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a | select * from a
                    a b c | select * from a join b using (id) left join c on c.id = a.id
                    a b | select a.x, b.y from a, b where a.x in (1, 2)
                    a b c | select * from a join b on a.x = b.x, c
                    a b | select * from (select * from a) t, b
                    a b | select * from (a join b on a.x = b.x)
                    a | select extract(year from d), trim(both from s), f(x, y) from a
                    a | select x is distinct from y, z from a
                    a b | select * from a where exists (select 1 from b where b.x = a.x)
                    b a | select (select max(x) from b) from a
                    a | with t as (select * from a) select * from t
                    a b | with t as (from a), u (x) as not materialized (from b) select * from t, u
                    a | with a as (select * from a where x) select * from a
                    a | with recursive r as (from a union all select 1 from r) from r
                    a | select ' from b ', "from", $$ from c $$ from a -- from d
                    a | select /* from b */ * from a /* , c
                    order lines | select * from "order lines"
                    订单 | select * from 订单
                    a b | select * from a union all select * from b order by x, y
                    a | select * from a, unnest(a.list), range(3), lateral (select a.x)
                    a | from a select x, y
                    a | select * from main.b, a
                    a | select * from read_csv('x.csv'), a
                    a b | select * from a asof join b on a.t >= b.t
                    a b | select * from ((select * from a) union (select * from b))
                    a | select sum(y) over (partition by z) from a window v as (order by x)
                    `` | select 1
                    `` | select * from
                    `` | select ( from
                    """)
    void findsTheTablesOfAQuery(String tables, String query) {
        List<String> expected =
                tables.isEmpty()
                        ? List.of()
                        : tables.equals("order lines")
                                ? List.of(tables)
                                : List.of(tables.split(" "));
        assertEquals(expected, SqlTables.of(query));
    }
}
