package dev.mortise.engine.flow.leaf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.engine.flow.leaf.ConnectionNames.Named;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionNamesTest {
    private static final String FLOW =
            """
            # reads db.orders 榫
            flow: db
            steps:
              db:   {read: db.orders, where: "db.x = 'db.y'"}   # db, as ever
              said: {read: "db.t", columns: [db]}
              long:
                read: >-
                  db.u
              more: {read: db2.orders}
              sum: {sql: select * from db}
              asked: {from: db, call: 'db.customer', with: {id: db.id}}
              out:  {from: sum, write: lake.db, mode: append}
              back: {from: sum, write: db.db.db, mode: append}
            """;

    private static final String RENAMED =
            """
            # reads db.orders 榫
            flow: db
            steps:
              db:   {read: d-3.orders, where: "db.x = 'db.y'"}   # db, as ever
              said: {read: "d-3.t", columns: [db]}
              long:
                read: >-
                  d-3.u
              more: {read: db2.orders}
              sum: {sql: select * from db}
              asked: {from: db, call: 'd-3.customer', with: {id: db.id}}
              out:  {from: sum, write: lake.db, mode: append}
              back: {from: sum, write: d-3.db.db, mode: append}
            """;

    @Test
    void changesNothingButTheNamesOfTheConnection() {
        assertEquals(Optional.of(RENAMED), ConnectionNames.renamed(FLOW, "db", "d-3"));
        assertEquals(Optional.of(FLOW), ConnectionNames.renamed(FLOW, "none", "d-3"));
        String marked = "\uFEFF" + FLOW.replace("\n", "\r\n");
        assertEquals(
                Optional.of("\uFEFF" + RENAMED.replace("\n", "\r\n")),
                ConnectionNames.renamed(marked, "db", "d-3"));
    }

    @Test
    void changesBothEndsOfACopy() {
        String copy = "flow: a\ncopy: {from: db, to: 'db', into: db, mode: append}\n";
        assertEquals(
                Optional.of("flow: a\ncopy: {from: 仓库, to: '仓库', into: db, mode: append}\n"),
                ConnectionNames.renamed(copy, "db", "仓库"));
    }

    @Test
    void tellsThePlaces() {
        assertEquals(
                Optional.of(
                        List.of(
                                new Named("steps.db.read", 4),
                                new Named("steps.said.read", 5),
                                new Named("steps.long.read", 7),
                                new Named("steps.asked.call", 11),
                                new Named("steps.back.write", 13))),
                ConnectionNames.named(FLOW, "db"));
        assertEquals(Optional.of(List.of()), ConnectionNames.named(FLOW, "lak"));
        assertEquals(Optional.empty(), ConnectionNames.named("steps: [", "db"));
    }

    @Test
    void leavesAloneWhatIsWrittenInAnotherWay() {
        String escaped = "flow: a\nsteps:\n  in: {read: \"\\u0064b.orders\"}\n";
        assertEquals(1, ConnectionNames.named(escaped, "db").orElseThrow().size());
        assertEquals(Optional.empty(), ConnectionNames.renamed(escaped, "db", "d2"));
    }
}
