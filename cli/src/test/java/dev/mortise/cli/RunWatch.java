package dev.mortise.cli;

import dev.mortise.testkit.live.Await;
import dev.mortise.testkit.live.LocalServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where a run stands, asked of source and target themselves: how many rows the source's server has
/// given (its own statistics, so rows it sent ahead count too), how many are in the target
/// (`mortise_checkpoint`), and so how many every attempt has read in vain.
///
/// Servers add a session's reads to their statistics when it ends, so figures are right between
/// attempts only.
final class RunWatch implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String READ =
            """
            select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)
            from pg_stat_user_tables where relname in (%s)
            """;

    private static final String LEDGER =
            """
            select task, coalesce(max(bounds) filter (where part < 0), '') <> '',
              coalesce(sum(rows_written + rows_rejected) filter (where part >= 0), 0),
              count(*) filter (where part >= 0),
              count(*) filter (where part >= 0 and state = 'open')
            from mortise_checkpoint group by task
            """;

    private final Subject subject;
    private final Connection source;
    private final Connection target;
    private final long readBefore;
    private final List<Long> again = new ArrayList<>();
    private long vainBefore;
    private int overlapped;
    private boolean ledger;

    /// What is watched.
    ///
    /// @param tables rows of each table of the source that is read
    /// @param tasks rows of each task, by its name in the ledger
    /// @param whole rows of a table that each start looks at whole to see that it is unchanged,
    ///     without moving any; 0 when there is none
    /// @param finishing how long publishing takes about
    record Subject(
            String source,
            String target,
            Map<String, Long> tables,
            Map<String, Long> tasks,
            long whole,
            Duration finishing) {
        Subject {
            tables = Map.copyOf(tables);
            tasks = Map.copyOf(tasks);
        }
    }

    /// Sessions of runs, by process number.
    record Sessions(Set<Long> pids) {
        boolean none() {
            return pids.isEmpty();
        }
    }

    RunWatch(LocalServer server, Subject subject) throws SQLException {
        this.subject = subject;
        this.source = server.connect(subject.source());
        this.target = server.connect(subject.target());
        this.readBefore = rowsRead();
    }

    long rows() {
        return subject.tables().values().stream().mapToLong(Long::longValue).sum();
    }

    double millisFinishing(boolean early) {
        return early ? 60 : Math.max(60, subject.finishing().toMillis());
    }

    private long rowsRead() throws SQLException {
        String names = "'" + String.join("', '", subject.tables().keySet()) + "'";
        return Long.parseLong(Ask.one(source, READ.formatted(names)));
    }

    /// A line of the ledger about one task.
    private record Standing(boolean finished, long rows, long parts, long open) {}

    private Map<String, Standing> standings() throws SQLException {
        Map<String, Standing> standings = new HashMap<>();
        if (!ledger && Ask.one(target, "select to_regclass('mortise_checkpoint')").equals("null")) {
            return standings;
        }
        ledger = true;
        try (Statement statement = target.createStatement();
                ResultSet row = statement.executeQuery(LEDGER)) {
            while (row.next()) {
                standings.put(
                        row.getString(1),
                        new Standing(
                                row.getBoolean(2), row.getLong(3), row.getLong(4), row.getLong(5)));
            }
        }
        return standings;
    }

    /// Rows in the target, or in its shadow, by what the ledger says.
    long rowsCommitted() throws SQLException {
        long rows = 0;
        for (var standing : standings().entrySet()) {
            boolean finished = standing.getValue().finished();
            rows +=
                    finished
                            ? subject.tasks().getOrDefault(standing.getKey(), 0L)
                            : standing.getValue().rows();
        }
        return rows;
    }

    /// Whether every task has all its rows in.
    boolean moved() throws SQLException {
        Map<String, Standing> standings = standings();
        return standings.size() == subject.tasks().size()
                && standings.values().stream()
                        .allMatch(s -> s.finished() || (s.parts() > 0 && s.open() == 0));
    }

    Sessions sessions() throws SQLException {
        Set<Long> pids = new HashSet<>();
        try (Statement statement = target.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select pid from pg_stat_activity"
                                        + " where application_name like 'mortise%'")) {
            while (row.next()) {
                pids.add(row.getLong(1));
            }
        }
        return new Sessions(pids);
    }

    boolean anyOf(Sessions known) throws SQLException {
        return sessions().pids().stream().anyMatch(known.pids()::contains);
    }

    boolean anyBut(Sessions known) throws SQLException {
        return sessions().pids().stream().anyMatch(pid -> !known.pids().contains(pid));
    }

    /// Waits until the server has noticed the end of every process.
    void settle() {
        Await.until("the sessions of runs end", PATIENCE, () -> sessions().none());
    }

    /// An attempt is over and its sessions have ended: notes what it read in vain.
    void attempted() throws SQLException {
        long committed = rowsCommitted();
        long vain = rowsRead() - readBefore - committed;
        if (subject.whole() > 0) {
            vain %= subject.whole();
        }
        again.add(vain - vainBefore);
        vainBefore = vain;
    }

    /// An attempt is over, and its sessions were met by the next one: what it read in vain is noted
    /// with that one's.
    void attemptOverlapped() {
        overlapped++;
    }

    /// Rows each attempt read in vain, so that another had to read them again. Those of attempts
    /// that overlapped stand in the figure of a later one.
    List<Long> rowsAgain() {
        return List.copyOf(again);
    }

    int overlapped() {
        return overlapped;
    }

    @Override
    public void close() throws SQLException {
        source.close();
        target.close();
    }
}
