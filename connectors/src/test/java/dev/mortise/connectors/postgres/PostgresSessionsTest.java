package dev.mortise.connectors.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Sessions are used again, and whoever takes one finds it as if it were new.
@Tag("live")
final class PostgresSessionsTest {
    private static final String PID = "select pg_backend_pid()";

    private final PostgresFixture postgres = PostgresFixture.of(PostgresSessionsTest.class);

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertTrue(row.next(), sql);
            return row.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aSessionThatWasGivenBackIsTakenAgain() throws SQLException {
        try (PostgresSessions sessions = new PostgresSessions(postgres.settings())) {
            Connection first = sessions.take(PostgresSessions.READER);
            Connection lane = sessions.take(PostgresSessions.LANE);
            assertEquals("on", text(first, "show synchronous_commit"));
            assertEquals("off", text(lane, "show synchronous_commit"));
            sessions.giveBack(first);
            sessions.giveBack(lane);
            assertSame(lane, sessions.take(PostgresSessions.LANE));
            assertSame(first, sessions.take(PostgresSessions.READER));
            assertNotSame(first, sessions.take(PostgresSessions.READER));
        }
    }

    @Test
    void nothingOfTheWorkBeforeIsLeftInASession() throws SQLException {
        postgres.execute("drop table if exists left_over");
        try (PostgresSessions sessions = new PostgresSessions(postgres.settings())) {
            Connection session = sessions.take(PostgresSessions.LANE);
            session.setAutoCommit(false);
            execute(session, "create table left_over (id int)");
            assertThrows(SQLException.class, () -> execute(session, "select 1 / 0"));
            sessions.giveBack(session);
            assertSame(session, sessions.open(PostgresSessions.LANE));
            assertTrue(session.getAutoCommit());
            assertEquals("t", text(session, "select to_regclass('left_over') is null"));
            execute(session, "begin");
            sessions.layAside(PostgresSessions.LANE, session);
            Connection again = sessions.open(PostgresSessions.LANE);
            execute(again, "create table left_over (id int)");
            sessions.layAside(PostgresSessions.LANE, again);
        }
        assertEquals("t", postgres.text("select to_regclass('left_over') is not null"));
    }

    @Test
    void aSessionThatIsGoneIsNotKept() throws SQLException {
        try (PostgresSessions sessions = new PostgresSessions(postgres.settings())) {
            Connection session = sessions.take(PostgresSessions.READER);
            postgres.execute("select pg_terminate_backend(%s)".formatted(text(session, PID)));
            assertThrows(SQLException.class, () -> text(session, "select 1"));
            sessions.giveBack(session);
            assertEquals("1", text(sessions.take(PostgresSessions.READER), "select 1"));
        }
    }

    /// Resting sessions do not stand in the way of one of another kind.
    @Test
    void restingSessionsMakeRoomWhenTheServerIsFull() throws SQLException {
        postgres.execute(
                "drop role if exists few",
                "create role few login password 'few' connection limit 2");
        Map<String, String> few = Map.of("user", "few", "password", "few");
        try (PostgresSessions sessions = new PostgresSessions(postgres.settings(few))) {
            Connection one = sessions.open(PostgresSessions.READER);
            Connection two = sessions.open(PostgresSessions.READER);
            sessions.layAside(PostgresSessions.READER, one);
            sessions.layAside(PostgresSessions.READER, two);
            Connection writer = sessions.open(PostgresSessions.WRITER);
            assertEquals("1", text(writer, "select 1"));
            Connection second = sessions.open(PostgresSessions.LANE);
            SQLException full =
                    assertThrows(SQLException.class, () -> sessions.open(PostgresSessions.READER));
            assertEquals("53300", full.getSQLState());
            sessions.layAside(PostgresSessions.WRITER, writer);
            sessions.layAside(PostgresSessions.LANE, second);
        }
    }
}
