package dev.mortise.server.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Answers in the language of the caller.
@RestControllerAdvice
class LanguageAdvice implements ResponseBodyAdvice<Object> {
    private final ObjectMapper json;

    LanguageAdvice(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public boolean supports(
            MethodParameter route, Class<? extends HttpMessageConverter<?>> converter) {
        return JacksonJsonHttpMessageConverter.class.isAssignableFrom(converter);
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter route,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        if (body == null || language(request) == Language.ENGLISH) {
            return body;
        }
        JsonNode copy = json.valueToTree(body);
        return Language.CHINESE.tell(copy == body ? copy.deepCopy() : copy);
    }

    private static Language language(ServerHttpRequest request) {
        if (!(request instanceof ServletServerHttpRequest servlet)) {
            return Language.ENGLISH;
        }
        HttpServletRequest asked = servlet.getServletRequest();
        return Language.of(asked);
    }
}
