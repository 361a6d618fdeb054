package dev.mortise.server.web;

import dev.mortise.engine.language.Chinese;
import dev.mortise.spi.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/// The language a request asks its sentences in, by `Accept-Language`: English, if it says nothing
/// or nothing that we speak. What is stored and logged is English, whoever caused it.
public enum Language {
    ENGLISH("en"),
    CHINESE("zh-CN");

    private static final List<String> TAGS = List.of("en", "zh");

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    /// As accounts and the studio name it.
    public String tag() {
        return tag;
    }

    public static Language of(HttpServletRequest request) {
        return of(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    }

    static Language of(@Nullable String wanted) {
        if (wanted == null || wanted.isBlank()) {
            return ENGLISH;
        }
        try {
            String best = Locale.lookupTag(Locale.LanguageRange.parse(wanted), TAGS);
            return "zh".equals(best) ? CHINESE : ENGLISH;
        } catch (IllegalArgumentException _) {
            return ENGLISH;
        }
    }

    public Problem tell(Problem problem) {
        return this == CHINESE ? Chinese.of(problem) : problem;
    }

    /// A body that is ours to change, with the sentences of all problems in it in this language.
    public JsonNode tell(JsonNode body) {
        if (this == CHINESE) {
            ChineseBody.tell(body);
        }
        return body;
    }
}
