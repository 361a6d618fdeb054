package dev.mortise.server.template;

import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// May a template be filled with these values?
final class TemplateRules {
    private TemplateRules() {}

    static List<Problem> problems(Template template, Map<String, String> values) {
        List<Problem> problems = new ArrayList<>();
        List<String> names = template.parameters().stream().map(Template.Parameter::name).toList();
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                problems.add(
                        Problem.of(
                                        ProblemCode.OPTION_UNKNOWN,
                                        "the template has no parameter '" + name + "'",
                                        Nearest.fix(name, names))
                                .at("parameters." + name));
            }
        }
        for (Template.Parameter parameter : template.parameters()) {
            String value = values.getOrDefault(parameter.name(), parameter.fallback());
            if (!parameter.kind().accepts(value)) {
                problems.add(
                        Problem.of(
                                        ProblemCode.VALUE_INVALID,
                                        "'%s' expects a %s, got '%s'"
                                                .formatted(
                                                        parameter.name(),
                                                        parameter.kind().word(),
                                                        value),
                                        "write it like '" + parameter.fallback() + "'")
                                .at("parameters." + parameter.name()));
            }
        }
        return problems;
    }
}
