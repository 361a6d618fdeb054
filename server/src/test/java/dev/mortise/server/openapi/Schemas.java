package dev.mortise.server.openapi;

import java.io.InputStream;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// JSON schemas of records, as they go over the wire.
final class Schemas {
    private final SortedMap<String, Object> named = new TreeMap<>();
    private final Map<String, Class<?>> owners = new TreeMap<>();

    SortedMap<String, Object> named() {
        return named;
    }

    /// @param sent whether a caller sends it: then what may be null may also be left out
    Map<String, Object> of(AnnotatedType type, boolean sent) {
        return nullable(type) ? orNull(of(type, Map.of(), sent)) : of(type, Map.of(), sent);
    }

    private static boolean nullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static Map<String, Object> orNull(Map<String, Object> schema) {
        Map<String, Object> loose = new LinkedHashMap<>(schema);
        if (schema.get("type") instanceof String word) {
            loose.put("type", List.of(word, "null"));
            return loose;
        }
        return schema.isEmpty() ? schema : Map.of("anyOf", List.of(schema, Map.of("type", "null")));
    }

    private Map<String, Object> of(
            AnnotatedType annotated, Map<TypeVariable<?>, AnnotatedType> known, boolean sent) {
        Type type = annotated.getType();
        if (type instanceof TypeVariable<?> variable && known.containsKey(variable)) {
            return of(known.get(variable), known, sent);
        }
        if (annotated instanceof AnnotatedParameterizedType generic
                && type instanceof ParameterizedType raw
                && raw.getRawType() instanceof Class<?> base) {
            AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
            if (Collection.class.isAssignableFrom(base)) {
                return Map.of("type", "array", "items", element(arguments[0], known, sent));
            }
            if (Map.class.isAssignableFrom(base)) {
                return Map.of(
                        "type",
                        "object",
                        "additionalProperties",
                        element(arguments[1], known, sent));
            }
            return record(base, arguments, known, sent);
        }
        return type instanceof Class<?> base ? plain(base, sent) : Map.of();
    }

    private Map<String, Object> element(
            AnnotatedType type, Map<TypeVariable<?>, AnnotatedType> known, boolean sent) {
        Map<String, Object> schema = of(type, known, sent);
        return nullable(type) ? orNull(schema) : schema;
    }

    private Map<String, Object> plain(Class<?> type, boolean sent) {
        if (type == String.class || type == char.class) {
            return Map.of("type", "string");
        }
        if (type == boolean.class || type == Boolean.class) {
            return Map.of("type", "boolean");
        }
        if (type == int.class || type == Integer.class || type == short.class) {
            return Map.of("type", "integer", "format", "int32");
        }
        if (type == long.class || type == Long.class) {
            return Map.of("type", "integer", "format", "int64");
        }
        if (type == double.class || type == Double.class || type == float.class) {
            return Map.of("type", "number", "format", "double");
        }
        if (type == Instant.class) {
            return Map.of("type", "string", "format", "date-time");
        }
        if (type == LocalDate.class) {
            return Map.of("type", "string", "format", "date");
        }
        if (type == byte[].class || InputStream.class.isAssignableFrom(type)) {
            return Map.of("type", "string", "format", "binary");
        }
        if (type.isEnum()) {
            return Map.of(
                    "type",
                    "string",
                    "enum",
                    Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
        }
        return type.isRecord() ? record(type, new AnnotatedType[0], Map.of(), sent) : Map.of();
    }

    private Map<String, Object> record(
            Class<?> type,
            AnnotatedType[] arguments,
            Map<TypeVariable<?>, AnnotatedType> outer,
            boolean sent) {
        if (!type.isRecord()) {
            return Map.of();
        }
        Map<TypeVariable<?>, AnnotatedType> known = new LinkedHashMap<>(outer);
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < arguments.length; i++) {
            known.put(type.getTypeParameters()[i], arguments[i]);
            name.append(name(arguments[i].getType()));
        }
        // What is sent may leave out what is always there in an answer.
        name.append(name(type)).append(sent ? "Sent" : "");
        Map<String, Object> link = Map.of("$ref", "#/components/schemas/" + name);
        if (named.containsKey(name.toString())) {
            return link;
        }
        // A record may hold its own kind.
        named.put(name.toString(), Map.of());
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String word = snake(component.getName());
            properties.put(word, element(component.getAnnotatedType(), known, sent));
            if (!sent || !nullable(component.getAnnotatedType())) {
                required.add(word);
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        named.put(name.toString(), schema);
        return link;
    }

    private static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    /// The record's own name, with that of its routes or its slice before it: `DocumentLine`,
    /// `RuleShown`. Two that would be called the same are a mistake.
    private String name(Type type) {
        if (!(type instanceof Class<?> record)) {
            return "Any";
        }
        String name = prefix(record) + record.getSimpleName();
        Class<?> other = owners.putIfAbsent(name, record);
        if (other != null && other != record) {
            throw new IllegalStateException(record + " and " + other + " are both " + name);
        }
        return name;
    }

    private static String prefix(Class<?> record) {
        Class<?> outer = record.getEnclosingClass();
        String folder = record.getPackageName();
        boolean ofSlice = folder.startsWith("dev.mortise.server.") && !folder.endsWith(".web");
        String slice = folder.substring(folder.lastIndexOf('.') + 1);
        String word =
                outer != null && outer.getSimpleName().endsWith("Routes")
                        ? outer.getSimpleName().replaceFirst("Routes$", "")
                        : slice.substring(0, 1).toUpperCase(Locale.ROOT) + slice.substring(1);
        boolean isSaid = record.getSimpleName().startsWith(word);
        return ofSlice && !isSaid ? word : "";
    }
}
