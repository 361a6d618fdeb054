package dev.mortise.server.web;

import dev.mortise.engine.flow.ProblemTitles;
import dev.mortise.engine.language.Chinese;
import dev.mortise.spi.problem.ProblemCode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Puts the problems of a body into Chinese, wherever they stand in it: what has a `code` of ours
/// is one, and so is a value that failed. One that was stored with a run or a rejected row is told
// like one that just arose.
final class ChineseBody {
    private static final Set<String> CODES =
            Arrays.stream(ProblemCode.values()).map(Enum::name).collect(Collectors.toSet());

    private static final List<String> SENTENCES = List.of("message", "detail", "fix", "example");

    /// What belongs to the user, and what is no body of ours: nothing of it is touched.
    private static final Set<String> FOREIGN = Set.of("row", "layout", "before", "after");

    private ChineseBody() {}

    static void tell(JsonNode node) {
        if (node instanceof ObjectNode object) {
            String code = object.path("code").asString("");
            if (CODES.contains(code)) {
                problem(object, code);
            } else if (object.path("failed").asBoolean(false)) {
                sentence(object, "message");
            }
            object.forEachEntry(
                    (name, value) -> {
                        if (!FOREIGN.contains(name)) {
                            tell(value);
                        }
                    });
            return;
        }
        if (node.isArray()) {
            node.forEach(ChineseBody::tell);
        }
    }

    private static void problem(ObjectNode problem, String code) {
        for (String name : SENTENCES) {
            sentence(problem, name);
        }
        if (problem.path("title").asString("").equals(code)) {
            problem.put("title", ProblemTitles.of(ProblemCode.valueOf(code)).zh());
        }
    }

    private static void sentence(ObjectNode problem, String name) {
        JsonNode sentence = problem.path(name);
        if (sentence.isString()) {
            problem.put(name, Chinese.of(sentence.asString()));
        }
    }
}
