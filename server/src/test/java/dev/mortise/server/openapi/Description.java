package dev.mortise.server.openapi;

import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Open;
import dev.mortise.server.web.ProblemBody;
import java.io.InputStream;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// The routes of the API as one OpenAPI 3.1 document, always in the same order.
final class Description {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\*?(\\w+)(?::([^}]*))?\\}");

    private final Schemas schemas = new Schemas();
    private final SortedMap<String, SortedMap<String, Object>> paths = new TreeMap<>();
    private final List<String> operations = new ArrayList<>();

    Description(RequestMappingHandlerMapping mapping) {
        mapping.getHandlerMethods().forEach(this::add);
    }

    /// Paths and methods that are described, such as `GET /api/projects`.
    List<String> operations() {
        return operations.stream().sorted().toList();
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "Mortise", "version", "1"));
        document.put("security", List.of(Map.of("session", List.of()), Map.of("token", List.of())));
        document.put("paths", paths);
        Map<String, Object> components = new LinkedHashMap<>();
        components.put("schemas", schemas.named());
        components.put("securitySchemes", security());
        document.put("components", components);
        return document;
    }

    private static Map<String, Object> security() {
        Map<String, Object> schemes = new TreeMap<>();
        schemes.put("session", sorted("type", "apiKey", "in", "cookie", "name", "mortise_session"));
        schemes.put("token", sorted("type", "http", "scheme", "bearer"));
        return schemes;
    }

    private static Map<String, Object> sorted(String... pairs) {
        Map<String, Object> map = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private void add(RequestMappingInfo info, HandlerMethod route) {
        for (String pattern : info.getPatternValues()) {
            if (pattern.startsWith("/api")) {
                info.getMethodsCondition()
                        .getMethods()
                        .forEach(method -> add(pattern, method.name(), info, route));
            }
        }
    }

    private void add(String pattern, String method, RequestMappingInfo info, HandlerMethod route) {
        String path = VARIABLE.matcher(pattern).replaceAll("{$1}");
        operations.add(method + " " + path);
        String slice = slice(route);
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", slice + "_" + route.getMethod().getName());
        operation.put("tags", List.of(slice));
        if (route.hasMethodAnnotation(Open.class)) {
            operation.put("security", List.of());
        }
        Needs needs = route.getMethodAnnotation(Needs.class);
        if (needs != null) {
            operation.put("x-role", needs.value().word());
        }
        List<Map<String, Object>> parameters = parameters(route, pattern);
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        Map<String, Object> body = body(route, info);
        if (!body.isEmpty()) {
            operation.put("requestBody", body);
        }
        operation.put("responses", responses(route, info));
        paths.computeIfAbsent(path, _ -> new TreeMap<>())
                .put(method.toLowerCase(Locale.ROOT), operation);
    }

    private static String slice(HandlerMethod route) {
        String name = route.getBeanType().getSimpleName().replace("Routes", "");
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private List<Map<String, Object>> parameters(HandlerMethod route, String pattern) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        for (MethodParameter parameter : route.getMethodParameters()) {
            AnnotatedType type =
                    route.getMethod().getAnnotatedParameterTypes()[parameter.getParameterIndex()];
            String own = route.getMethod().getParameters()[parameter.getParameterIndex()].getName();
            PathVariable path = parameter.getParameterAnnotation(PathVariable.class);
            if (path != null) {
                String name = path.value().isEmpty() ? own : path.value();
                parameters.add(parameter(name, "path", true, variable(pattern, name, type)));
            }
            RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
            if (query != null) {
                String name = query.name().isEmpty() ? own : query.name();
                boolean given = query.defaultValue().equals(ValueConstants.DEFAULT_NONE);
                parameters.add(
                        parameter(
                                name, "query", query.required() && given, schemas.of(type, true)));
            }
            RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
            if (header != null) {
                String name = header.name().isEmpty() ? header.value() : header.name();
                parameters.add(
                        parameter(name, "header", header.required(), schemas.of(type, true)));
            }
        }
        return parameters;
    }

    /// A path variable of a few words says which.
    private Map<String, Object> variable(String pattern, String name, AnnotatedType type) {
        Matcher variables = VARIABLE.matcher(pattern);
        while (variables.find()) {
            String regex = variables.group(2);
            if (variables.group(1).equals(name)
                    && regex != null
                    && regex.matches("\\w+(\\|\\w+)+")) {
                Map<String, Object> words = new LinkedHashMap<>();
                words.put("type", "string");
                words.put("enum", Arrays.asList(regex.split("\\|")));
                return words;
            }
        }
        return schemas.of(type, true);
    }

    private static Map<String, Object> parameter(
            String name, String in, boolean required, Map<String, Object> schema) {
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("name", name);
        parameter.put("in", in);
        parameter.put("required", required);
        parameter.put("schema", schema);
        return parameter;
    }

    private Map<String, Object> body(HandlerMethod route, RequestMappingInfo info) {
        for (MethodParameter parameter : route.getMethodParameters()) {
            AnnotatedType type =
                    route.getMethod().getAnnotatedParameterTypes()[parameter.getParameterIndex()];
            if (parameter.getParameterType() == InputStream.class) {
                String media = info.getConsumesCondition().getConsumableMediaTypes().toString();
                return Map.of(
                        "content",
                        content(media.replaceAll("[\\[\\]]", ""), schemas.of(type, true)));
            }
            RequestBody body = parameter.getParameterAnnotation(RequestBody.class);
            if (body != null) {
                Map<String, Object> described = new LinkedHashMap<>();
                described.put("required", body.required());
                described.put("content", content("application/json", schemas.of(type, true)));
                return described;
            }
        }
        return Map.of();
    }

    private static Map<String, Object> content(String media, Map<String, Object> schema) {
        return Map.of(media, Map.of("schema", schema));
    }

    private Map<String, Object> responses(HandlerMethod route, RequestMappingInfo info) {
        Map<String, Object> responses = new LinkedHashMap<>();
        AnnotatedType result = answer(route.getMethod().getAnnotatedReturnType());
        ResponseStatus status = route.getMethodAnnotation(ResponseStatus.class);
        String code = status == null ? "200" : "" + status.code().value();
        Map<String, Object> good = new LinkedHashMap<>();
        good.put("description", "done");
        if (result != null && result.getType() != void.class) {
            good.put("content", content(media(result, info), schemas.of(result, false)));
        }
        responses.put(code, good);
        AnnotatedType problem = Problems.class.getRecordComponents()[0].getAnnotatedType();
        Map<String, Object> bad = new LinkedHashMap<>();
        bad.put("description", "what is wrong, and how to mend it");
        bad.put("content", content("application/problem+json", schemas.of(problem, false)));
        responses.put("default", bad);
        return responses;
    }

    /// Carries the type of a problem.
    private record Problems(ProblemBody body) {}

    private static @Nullable AnnotatedType answer(AnnotatedType declared) {
        if (declared instanceof AnnotatedParameterizedType generic
                && generic.getType().getTypeName().startsWith(ResponseEntity.class.getName())) {
            AnnotatedType inner = generic.getAnnotatedActualTypeArguments()[0];
            return inner.getType() == Void.class ? null : inner;
        }
        return declared;
    }

    private static String media(AnnotatedType result, RequestMappingInfo info) {
        if (result.getType() == SseEmitter.class) {
            return "text/event-stream";
        }
        var produced = info.getProducesCondition().getProducibleMediaTypes();
        return produced.isEmpty() ? "application/json" : produced.iterator().next().toString();
    }
}
