package dev.mortise.server;

import dev.mortise.server.store.Database;
import dev.mortise.server.web.InPerson;
import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Open;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// The routes of a running server, asked of its router.
public final class RouteList {
    private RouteList() {}

    /// @param access `open`, `signed_in`, `in_person`, or a role
    public record Route(String method, String path, String access) {
        /// As `routes.txt` has it.
        public String line() {
            return method + " " + path + " " + access;
        }

        public boolean isOfProject() {
            return path.contains("{project}");
        }
    }

    /// The database of a running server, for what no route changes.
    public static Database database(Server server) {
        return server.context().getBean(Database.class);
    }

    /// All of ours that are below `/api`, in the order of their lines.
    public static List<Route> of(Server server) {
        List<Route> routes = new ArrayList<>();
        router(server)
                .getHandlerMethods()
                .forEach(
                        (mapping, handler) -> {
                            for (String path : new TreeSet<>(mapping.getPatternValues())) {
                                for (RequestMethod method :
                                        mapping.getMethodsCondition().getMethods()) {
                                    routes.add(new Route(method.name(), path, access(handler)));
                                }
                            }
                        });
        return routes.stream()
                .filter(route -> route.path().startsWith("/api"))
                .sorted(java.util.Comparator.comparing(r -> r.path() + " " + r.method()))
                .toList();
    }

    /// What leads requests to routes.
    public static RequestMappingHandlerMapping router(Server server) {
        return server.context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    }

    private static String access(HandlerMethod handler) {
        if (handler.hasMethodAnnotation(Open.class)) {
            return "open";
        }
        if (handler.hasMethodAnnotation(InPerson.class)) {
            return "in_person";
        }
        Needs needs = handler.getMethodAnnotation(Needs.class);
        return needs == null ? "signed_in" : needs.value().name().toLowerCase(Locale.ROOT);
    }
}
