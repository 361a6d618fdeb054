package dev.mortise.server.document;

import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Role;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/projects/{project}/export` and `/import`: a project as one zip.
@RestController
@RequestMapping("/api/projects/{project}")
class BundleRoutes {
    private final ImportDesk desk;

    BundleRoutes(ImportDesk desk) {
        this.desk = desk;
    }

    @Needs(Role.VIEWER)
    @GetMapping(path = "/export", produces = "application/zip")
    ResponseEntity<byte[]> export(@PathVariable String project, Caller caller) throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        desk.export(project, caller).write(zip);
        ContentDisposition file =
                ContentDisposition.attachment().filename(project + ".zip").build();
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, file.toString())
                .body(zip.toByteArray());
    }

    /// @param dryRun tells what would change and changes nothing
    /// @param publish lets runs use what was imported
    /// @param remove takes away what is not in the zip
    @Needs(Role.DEVELOPER)
    @PostMapping(path = "/import", consumes = "application/zip")
    Imported take(
            @PathVariable String project,
            @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
            @RequestParam(defaultValue = "false") boolean publish,
            @RequestParam(defaultValue = "false") boolean remove,
            InputStream body,
            Caller caller)
            throws IOException {
        byte[] zipped = body.readNBytes((int) Bundle.ZIPPED_MAX + 1);
        if (zipped.length > Bundle.ZIPPED_MAX) {
            throw ProblemException.of(
                    ProblemCode.LIMIT_EXCEEDED,
                    "a zip has at most %d bytes, this one has more".formatted(Bundle.ZIPPED_MAX),
                    "leave out what is no document, or import in parts");
        }
        Bundle bundle = Bundle.read(new ByteArrayInputStream(zipped));
        return desk.take(project, bundle, new ImportDesk.Mode(dryRun, publish, remove), caller);
    }
}
