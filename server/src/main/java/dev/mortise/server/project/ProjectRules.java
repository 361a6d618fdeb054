package dev.mortise.server.project;

import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a project may be called.
final class ProjectRules {
    static final int TITLE_MAX = 100;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");

    private ProjectRules() {}

    static void demand(String name, String title, String color) {
        List<Problem> problems = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    problem(
                            "name",
                            "a project's name expects 1 to 63 small letters, digits and '-', got '"
                                    + name
                                    + "'",
                            "write it like 'sales'; the title may be anything"));
        }
        if (title.isBlank() || title.length() > TITLE_MAX) {
            problems.add(
                    problem(
                            "title",
                            "a title expects 1 to " + TITLE_MAX + " characters",
                            "shorten or fill it"));
        }
        if (!COLOR.matcher(color).matches()) {
            problems.add(
                    problem("color", "a color expects '#rrggbb', got '" + color + "'", "#1f6f8b"));
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    private static Problem problem(String place, String message, String fix) {
        return Problem.of(ProblemCode.VALUE_INVALID, message, fix).at(place);
    }
}
