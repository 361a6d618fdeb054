package dev.mortise.server.reject;

import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.store.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Ends the wait for rejected rows nobody ever dealt with. They are data that did not arrive, so
/// the audit keeps how many there were, and the log warns of it.
@Component
public final class RejectExpiry {
    private static final Logger LOG = LoggerFactory.getLogger(RejectExpiry.class);

    private final Database database;
    private final RejectStore rejects;
    private final AuditStore audit;

    RejectExpiry(Database database, RejectStore rejects, AuditStore audit) {
        this.database = database;
        this.rejects = rejects;
        this.audit = audit;
    }

    /// One bounded transaction.
    ///
    /// @param before bundles nobody has touched since
    /// @return how many bundles were forgotten
    public int forget(Instant before, int max) {
        List<RejectStore.Waiting> gone =
                database.write(
                        dsl -> {
                            List<RejectStore.Waiting> old = rejects.forgetOpen(dsl, before, max);
                            audit.add(dsl, entries(old, before));
                            return old;
                        });
        if (!gone.isEmpty()) {
            LOG.warn(
                    "rejects nobody dealt with were forgotten rows={} before={}",
                    gone.stream().mapToInt(RejectStore.Waiting::rows).sum(),
                    before);
        }
        return gone.size();
    }

    private static List<AuditEntry> entries(List<RejectStore.Waiting> gone, Instant before) {
        Map<String, Map<String, Integer>> rows = new TreeMap<>();
        for (RejectStore.Waiting one : gone) {
            rows.computeIfAbsent(one.project(), _ -> new TreeMap<>())
                    .merge(one.flow(), one.rows(), Integer::sum);
        }
        List<AuditEntry> entries = new ArrayList<>();
        rows.forEach(
                (project, flows) ->
                        flows.forEach(
                                (flow, count) ->
                                        entries.add(
                                                new AuditEntry(
                                                        "system",
                                                        "",
                                                        "reject.expire",
                                                        project,
                                                        "flows/" + flow + "/rejects",
                                                        "%d rows untouched since %s"
                                                                .formatted(count, before),
                                                        null))));
        return entries;
    }
}
