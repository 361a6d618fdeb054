package dev.mortise.server.web;

import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// The studio's files. Every path that is not the API's and not a file leads to the studio, which
/// reads the path itself.
@Controller
class StudioRoutes {
    private static final String ROOT = "studio/";

    /// Their names change with their content.
    @Open
    @GetMapping("/assets/{file:[A-Za-z0-9._-]+}")
    ResponseEntity<Resource> asset(@PathVariable String file) {
        Resource resource = new ClassPathResource(ROOT + "assets/" + file);
        if (!resource.exists()) {
            return ResponseEntity.notFound().build();
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
                .contentType(
                        MediaTypeFactory.getMediaType(file)
                                .orElse(MediaType.APPLICATION_OCTET_STREAM))
                .body(resource);
    }

    @Open
    @GetMapping({"/", "/setup", "/login", "/settings/**", "/p/**", "/runs/**", "/projects/**"})
    ResponseEntity<Resource> page() {
        Resource page = new ClassPathResource(ROOT + "index.html");
        Resource shown =
                page.exists()
                        ? page
                        : new ClassPathResource("dev/mortise/server/web/no-studio.html");
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .body(shown);
    }
}
