package dev.mortise.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShortLivedTest {
    private static final Table<Record> ATTEMPT = Columns.table("login_attempt");
    private static final Field<String> STATE = Columns.text("state");
    private static final Field<Long> UNTIL = Columns.big("until");
    private static final ShortLived THREE = new ShortLived(ATTEMPT, UNTIL, 3);

    private static void add(Database database, String state, long now, long until) {
        database.write(
                dsl -> {
                    THREE.makeRoom(dsl, now);
                    return dsl.insertInto(ATTEMPT)
                            .set(STATE, state)
                            .set(Columns.text("content"), "{}")
                            .set(UNTIL, until)
                            .execute();
                });
    }

    private static List<String> states(Database database) {
        return database.read(dsl -> dsl.select(STATE).from(ATTEMPT).orderBy(STATE).fetch(STATE));
    }

    @Test
    void theOldestGoWhenThereAreTooMany(@TempDir Path home) {
        try (Database database = OpenedDatabase.at(home, "")) {
            for (int i = 1; i <= 5; i++) {
                add(database, "s" + i, 0, 1_000 + i);
            }
            assertEquals(List.of("s3", "s4", "s5"), states(database));
        }
    }

    @Test
    void whatHasEndedGoesBeforeAnythingElse(@TempDir Path home) {
        try (Database database = OpenedDatabase.at(home, "")) {
            add(database, "a", 0, 100);
            add(database, "b", 0, 101);
            add(database, "c", 0, 2_000);
            add(database, "d", 500, 2_001);
            assertEquals(List.of("c", "d"), states(database));
        }
    }
}
