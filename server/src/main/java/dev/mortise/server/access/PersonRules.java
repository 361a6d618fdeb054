package dev.mortise.server.access;

import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a name and a password must be like.
final class PersonRules {
    static final int PASSWORD_MIN = 10;
    static final int PASSWORD_MAX = 200;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._@-]{2,64}");

    private PersonRules() {}

    static List<Problem> check(String name, String password) {
        List<Problem> problems = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    Problem.of(
                                    ProblemCode.VALUE_INVALID,
                                    "a name expects 2 to 64 letters, digits, '.', '_', '-' or '@'",
                                    "choose another")
                            .at("name"));
        }
        if (password.length() < PASSWORD_MIN || password.length() > PASSWORD_MAX) {
            problems.add(
                    Problem.of(
                                    ProblemCode.VALUE_INVALID,
                                    "a password expects %d to %d characters, got %d"
                                            .formatted(
                                                    PASSWORD_MIN, PASSWORD_MAX, password.length()),
                                    "take a sentence of several words")
                            .at("password"));
        }
        return problems;
    }

    static void demand(String name, String password) {
        List<Problem> problems = check(name, password);
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }
}
