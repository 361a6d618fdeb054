package dev.mortise.server.web;

import dev.mortise.server.settings.ServerSettings;
import java.time.Duration;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// The studio's files. Every path that is neither the API's nor a file leads to the studio, which
/// reads the path itself.
@Controller
class StudioRoutes {
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final ServerSettings settings;

    StudioRoutes(ServerSettings settings) {
        this.settings = settings;
    }

    /// Their names change with their content.
    @Open
    @GetMapping("/assets/{file:[A-Za-z0-9_-][A-Za-z0-9._-]*}")
    ResponseEntity<Resource> asset(@PathVariable String file) {
        Optional<Resource> found = find("assets/" + file);
        if (found.isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        MediaType type =
                MediaTypeFactory.getMediaType(file).orElse(MediaType.APPLICATION_OCTET_STREAM);
        return ResponseEntity.ok()
                .cacheControl(FOR_EVER)
                .contentType(type)
                .body(found.orElseThrow());
    }

    @Open
    @GetMapping({
        "/",
        "/setup",
        "/login",
        "/consent",
        "/settings/**",
        "/p/**",
        "/runs/**",
        "/projects/**"
    })
    ResponseEntity<Resource> page() {
        Resource page =
                find("index.html")
                        .orElseGet(
                                () ->
                                        new ClassPathResource(
                                                "dev/mortise/server/web/no-studio.html"));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .body(page);
    }

    private Optional<Resource> find(String file) {
        return settings.studio()
                .map(folder -> (Resource) new FileSystemResource(folder.resolve(file)))
                .filter(Resource::exists);
    }
}
