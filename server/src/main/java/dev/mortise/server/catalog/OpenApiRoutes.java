package dev.mortise.server.catalog;

import dev.mortise.server.web.Open;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `/api/openapi.json`: the description of this API. A test writes it from the routes.
@RestController
class OpenApiRoutes {
    @Open
    @GetMapping("/api/openapi.json")
    ResponseEntity<Resource> document() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .contentType(MediaType.APPLICATION_JSON)
                .body(new ClassPathResource("dev/mortise/server/openapi.json"));
    }
}
