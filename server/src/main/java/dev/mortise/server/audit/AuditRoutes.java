package dev.mortise.server.audit;

import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Page;
import dev.mortise.server.web.Role;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.ObjectMapper;

/// `/api/audit`: who changed what. Nothing here changes anything.
@RestController
class AuditRoutes {
    private static final int CHUNK = 1_000;

    private final AuditStore audit;
    private final AuditChain chain;
    private final ObjectMapper json;

    AuditRoutes(AuditStore audit, AuditChain chain, ObjectMapper json) {
        this.audit = audit;
        this.chain = chain;
        this.json = json;
    }

    /// What entries are wanted, as the query of the address says it.
    record Wanted(
            @Nullable String object,
            @Nullable String actor,
            @Nullable String action,
            @Nullable String project,
            @Nullable String after,
            @Nullable Integer limit) {}

    @Needs(Role.ADMINISTRATOR)
    @GetMapping("/api/audit")
    Page<AuditLine> list(Wanted wanted) {
        return page(wanted, wanted.project());
    }

    /// The same of one project, for its own administrator.
    @Needs(Role.ADMINISTRATOR)
    @GetMapping("/api/projects/{project}/audit")
    Page<AuditLine> ofProject(@PathVariable String project, Wanted wanted) {
        return page(wanted, project);
    }

    private Page<AuditLine> page(Wanted wanted, @Nullable String project) {
        int most = Page.limit(wanted.limit());
        AuditStore.Filter filter =
                new AuditStore.Filter(wanted.object(), wanted.actor(), wanted.action(), project);
        List<AuditLine> lines = audit.list(filter, before(wanted.after()), most + 1);
        return Page.of(lines, most, line -> Long.toString(line.seq()));
    }

    private static long before(@Nullable String cursor) {
        String key = Page.key(cursor);
        return key == null || !key.matches("\\d{1,18}") ? Long.MAX_VALUE : Long.parseLong(key);
    }

    @Needs(Role.ADMINISTRATOR)
    @GetMapping("/api/audit/verify")
    AuditChain.Report verify() {
        return chain.verify();
    }

    /// All entries after a number as JSON lines, in their order, for a log of somebody else's.
    @Needs(Role.ADMINISTRATOR)
    @GetMapping("/api/audit/export")
    void export(@RequestParam(defaultValue = "0") long after, HttpServletResponse response)
            throws IOException {
        response.setContentType("application/x-ndjson");
        response.setHeader("Content-Disposition", "attachment; filename=\"audit.ndjson\"");
        OutputStream out = response.getOutputStream();
        long seq = Math.max(after, 0);
        List<AuditLine> lines;
        do {
            lines = audit.from(seq, CHUNK);
            for (AuditLine line : lines) {
                out.write(json.writeValueAsBytes(line));
                out.write('\n');
                seq = line.seq();
            }
        } while (lines.size() == CHUNK);
    }
}
