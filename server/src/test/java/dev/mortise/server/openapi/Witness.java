package dev.mortise.server.openapi;

import java.util.concurrent.atomic.AtomicReference;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Sees the routes of the last server that started in this JVM.
@Component
final class Witness {
    static final AtomicReference<RequestMappingHandlerMapping> ROUTES = new AtomicReference<>();

    Witness(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes) {
        ROUTES.set(routes);
    }
}
